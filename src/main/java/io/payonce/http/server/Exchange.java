package io.payonce.http.server;

import io.netty.buffer.Unpooled;
import io.payonce.flow.port.Outbound;
import io.payonce.flow.port.Outbound.Sent;
import io.payonce.flow.port.Outbound.Source;
import io.payonce.json.ProxyEnvelope;
import io.payonce.model.Reply;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.buffer.BufferInternal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One HTTP exchange with a caller, and the headers of its answer
 * (architecture.md#response-headers).
 */
public final class Exchange {
  private static final CharSequence SOURCE = HttpHeaders.createOptimized("Payonce-Source");
  private static final CharSequence SENT = HttpHeaders.createOptimized("Payonce-Sent");
  private static final CharSequence ATTEMPTS = HttpHeaders.createOptimized("Payonce-Attempts");
  private static final CharSequence REPLAYED = HttpHeaders.createOptimized("Payonce-Replayed");
  private static final CharSequence TRACE = HttpHeaders.createOptimized("X-Trace-Id");
  private static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("Retry-After");

  /**
   * How long an unread body may still arrive, and be thrown away, after the answer: cut off at
   * once, many callers would not see the answer. At half, slow ones would not; at double, who sends
   * for ever costs twice as much.
   */
  public static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private static final long NO_ERROR = 0;

  /** Whatever was on its way when the goodbye left is still served. */
  private static final int LAST_OF_ALL_STREAMS = Integer.MAX_VALUE;

  private static final Map<Source, CharSequence> SOURCES = words(Source.values(), Source::word);
  private static final Map<Sent, CharSequence> SENTS = words(Sent.values(), Sent::word);

  private final HttpServerRequest request;
  private final long sinceNanos;
  private final CallTrace trace;
  private final String traceId;
  private boolean closing;
  private String client;

  /**
   * On HTTP/2, what to do after the answer about a body of which more is to come. A reset makes
   * some clients reset in return, and hundreds of those end their connection, with whatever else is
   * on it; so the rest of a small body is thrown away as it comes.
   */
  private Runnable leaving;

  public Exchange(HttpServerRequest request, long sinceNanos, CallTrace trace) {
    this.request = request;
    this.sinceNanos = sinceNanos;
    this.trace = trace;
    this.traceId = trace.traceId(request);
    this.leaving = () -> request.response().reset(NO_ERROR);
  }

  public HttpServerRequest request() {
    return request;
  }

  public long sinceNanos() {
    return sinceNanos;
  }

  public CallTrace trace() {
    return trace;
  }

  public String traceId() {
    return traceId;
  }

  /** @param name whose key the call shows; null when the key is unknown, which need not matter */
  public void showed(String name) {
    client = name;
  }

  public String client() {
    return client;
  }

  /** The caller's next request is better sent to another pod. */
  public void closeAfterwards() {
    closing = true;
  }

  /**
   * The connection ends with this exchange, also when the request has not been read to its end.
   * Vert.x does not close it for the header alone. On HTTP/2 only the stream ends, see
   * {@link #leave}.
   */
  public void closeUnread() {
    if (request.version() != HttpVersion.HTTP_2) {
      closing = true;
      request.connection().shutdown(LAST_WORDS);
    }
  }

  /** The same where the body is not worth waiting for; a small one is thrown away as it comes. */
  public void leaveUnread(Vertx vertx, int maxBytes, long millis) {
    if (request.version() == HttpVersion.HTTP_2) {
      if (BodyReader.isPromised(request, maxBytes)) {
        leaving = () -> endLater(vertx, millis, () -> request.response().reset(NO_ERROR));
      }
      return;
    }
    if (BodyReader.isEmpty(request)) {
      return;
    }
    if (!BodyReader.isSmall(request, maxBytes) || BodyReader.waitsForUs(request)) {
      closeUnread();
      return;
    }
    endLater(vertx, millis, () -> request.connection().close());
  }

  private void endLater(Vertx vertx, long millis, Runnable ending) {
    long timer = vertx.setTimer(millis, late -> ending.run());
    request.endHandler(end -> vertx.cancelTimer(timer));
    request.exceptionHandler(gone -> vertx.cancelTimer(timer));
  }

  /** Answers what is no API call; the connection ends with it, its rest is not read. */
  public void refuse(int status, String why) {
    closeUnread();
    Reply reply = ProxyEnvelope.refusal("HTTP" + status, why, traceId);
    write(request.response().setStatusCode(status), reply);
    trace.refused(status);
  }

  public void answer(Outbound outbound) {
    HttpServerResponse response = request.response();
    response
        .putHeader(SOURCE, SOURCES.get(outbound.source()))
        .putHeader(SENT, SENTS.get(outbound.sent()))
        .putHeader(ATTEMPTS, Integer.toString(outbound.attempts()));
    if (outbound.replayed()) {
      response.putHeader(REPLAYED, "true");
    }
    if (outbound.retryAfterSeconds() > 0) {
      response.putHeader(RETRY_AFTER, Integer.toString(outbound.retryAfterSeconds()));
    }
    write(response, outbound.reply());
    trace.answered(outbound);
  }

  /** The same to who is to come again. */
  public void refuse(int status, String why, int retryAfterSeconds) {
    request.response().putHeader(RETRY_AFTER, Integer.toString(retryAfterSeconds));
    refuse(status, why);
  }

  /** Says to who reports something that it has arrived. */
  public void received() {
    write(request.response(), ProxyEnvelope.received(traceId));
  }

  private void write(HttpServerResponse response, Reply reply) {
    if (response.ended() || response.closed()) {
      return; // the caller has hung up; the payment goes on without it
    }
    response.putHeader(TRACE, traceId).putHeader(HttpHeaders.CONTENT_TYPE, reply.contentType());
    Buffer body = BufferInternal.buffer(Unpooled.wrappedBuffer(reply.body())); // not copied
    if (request.version() == HttpVersion.HTTP_2) {
      response.end(body).onComplete(ended -> leave(response));
      return;
    }
    if (closing) {
      sayGoodbye(response);
    }
    response.end(body);
  }

  private void sayGoodbye(HttpServerResponse response) {
    response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    if (request.version() == HttpVersion.HTTP_1_0) {
      // To a caller that wants to keep the connection, Vert.x promises it until the last moment.
      response.headersEndHandler(
          last -> response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE));
    }
  }

  // HTTP/2 has no such header: the connection says goodbye (GOAWAY), and the caller opens another.
  // What a caller still sends of a refused body is not waited for. Vert.x would rather have us call
  // shutdown(), but that ends other streams of the connection at its time limit.
  @SuppressWarnings("deprecation")
  private void leave(HttpServerResponse response) {
    if (!request.isEnded()) {
      leaving.run();
    }
    if (closing) {
      request.connection().goAway(NO_ERROR, LAST_OF_ALL_STREAMS);
    }
  }

  private static <E> Map<E, CharSequence> words(E[] values, Function<E, String> word) {
    return Arrays.stream(values)
        .collect(Collectors.toMap(
            Function.identity(), value -> HttpHeaders.createOptimized(word.apply(value))));
  }
}
