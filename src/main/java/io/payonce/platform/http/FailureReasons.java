package io.payonce.platform.http;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.proxy.ProxyConnectException;
import io.payonce.model.SendFailure;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** One word for each way an exchange can break; they are metric labels, so they are few. */
final class FailureReasons {
  static final String POOL_FULL = SendFailure.POOL_FULL.word();
  static final String LEASE_OVER = SendFailure.LEASE_OVER.word();
  static final String NO_CREDENTIALS = SendFailure.NO_CREDENTIALS.word();
  static final String UNSIGNABLE = SendFailure.UNSIGNABLE.word();
  static final String TIMEOUT = SendFailure.TIMEOUT.word();
  static final String CUT = SendFailure.CUT.word();
  static final String NOT_READABLE = SendFailure.NOT_READABLE.word();
  static final String TOO_LARGE = SendFailure.TOO_LARGE.word();
  static final String NOT_ONE_ANSWER = SendFailure.NOT_ONE_ANSWER.word();

  private static final String REFUSED = SendFailure.REFUSED.word();
  private static final String DNS = SendFailure.DNS.word();
  private static final String PROXY = SendFailure.PROXY.word();
  private static final String TLS = SendFailure.TLS.word();
  private static final String CONNECT_TIMEOUT = SendFailure.CONNECT_TIMEOUT.word();
  private static final String CLOSED = SendFailure.CLOSED.word();
  private static final String RESET = SendFailure.RESET.word();
  private static final String NO_CONNECTION = SendFailure.NO_CONNECTION.word();

  /** Alerts about a certificate, as the JDK and as OpenSSL write them. */
  private static final Pattern REFUSED_HANDSHAKE = Pattern.compile("(?i)ALERT.*"
      + "(certificate_required|bad_certificate|unsupported_certificate|certificate_revoked"
      + "|certificate_expired|certificate_unknown|unknown_ca|access_denied)");

  private static final Set<String> BROKEN = Set.of(CLOSED, RESET, CUT);

  private FailureReasons() {}

  /** Why no connection could be had. */
  static String unsent(Throwable cause) {
    if (cause instanceof UnknownHostException) {
      return DNS;
    }
    if (cause instanceof ConnectTimeoutException || cause instanceof TimeoutException) {
      return CONNECT_TIMEOUT;
    }
    if (cause instanceof ProxyConnectException) {
      return PROXY;
    }
    if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
      return REFUSED;
    }
    if (cause instanceof ConnectionPoolTooBusyException) {
      return POOL_FULL;
    }
    return cause instanceof SSLException || isRefusedHandshake(cause) ? TLS : NO_CONNECTION;
  }

  /**
   * Whether the platform refused us in the handshake. With TLS 1.3 ours is over before it has
   * looked at our certificate; where this is all it ever said, it has read no request.
   */
  static boolean isRefusedHandshake(Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof SSLException && each.getMessage() != null) {
        return REFUSED_HANDSHAKE.matcher(each.getMessage()).find();
      }
    }
    return false;
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
