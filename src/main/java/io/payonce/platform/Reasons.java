package io.payonce.platform;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** One word for each way an exchange can break; they are metric labels, so they are few. */
final class Reasons {
  static final String POOL_FULL = "pool-full";
  static final String LEASE_OVER = "lease over";
  static final String NO_CREDENTIALS = "no credentials";
  static final String UNSIGNABLE = "unsignable";
  static final String TIMEOUT = "timeout";
  static final String CUT = "cut";
  static final String NOT_READABLE = "not readable";
  static final String TOO_LARGE = "too large";
  static final String NOT_ONE_ANSWER = "not one answer";

  private static final String REFUSED = "refused";
  private static final String DNS = "dns";
  private static final String TLS = "tls";
  private static final String CONNECT_TIMEOUT = "connect-timeout";
  private static final String CLOSED = "closed";
  private static final String RESET = "reset";
  private static final String NO_CONNECTION = "no connection";

  private static final Set<String> BROKEN = Set.of(CLOSED, RESET, CUT);

  private Reasons() {}

  /** Why no connection could be had. */
  static String unsent(Throwable cause) {
    if (cause instanceof UnknownHostException) {
      return DNS;
    }
    if (cause instanceof ConnectTimeoutException || cause instanceof TimeoutException) {
      return CONNECT_TIMEOUT;
    }
    if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
      return REFUSED;
    }
    if (cause instanceof ConnectionPoolTooBusyException) {
      return POOL_FULL;
    }
    return cause instanceof SSLException ? TLS : NO_CONNECTION;
  }

  /** Why a request that may have left got no answer. */
  static String silent(Throwable cause) {
    if (cause instanceof BodyFault fault) {
      return fault.getMessage();
    }
    if (cause.getCause() instanceof BodyFault fault) {
      return fault.getMessage();
    }
    if (cause instanceof TimeoutException) {
      return TIMEOUT;
    }
    if (cause instanceof HttpClosedException || cause instanceof SSLException) {
      return CLOSED;
    }
    if (cause instanceof DecoderException || cause instanceof IllegalArgumentException) {
      return NOT_READABLE;
    }
    return cause instanceof IOException || cause instanceof StreamResetException ? RESET : CLOSED;
  }

  /** True when the connection broke before it had brought a whole answer. */
  static boolean isBroken(String why) {
    return BROKEN.contains(why);
  }
}
