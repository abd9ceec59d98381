package io.payonce.platform.http;

import io.payonce.codes.Code;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Reply;
import io.payonce.platform.PlatformClock;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Set;
import java.util.function.Function;

/** Reads a whole HTTP response; its date teaches us the platform's clock. */
final class ResponseReader {
  private static final String TIME_REFUSED = "S02";

  /**
   * They speak of a connection or of a request that was not read to its end, whoever writes them:
   * request timeout, misdirected request, too early, head too large. No verdict on a payment.
   */
  private static final Set<Integer> OF_THE_CONNECTION = Set.of(408, 421, 425, 431);

  private static final long MAX_PAUSE_SECONDS = 86_400;

  private final Function<byte[], Envelope> scan;
  private final PlatformClock clock;
  private final HttpDate dates = new HttpDate();

  ResponseReader(Function<byte[], Envelope> scan, PlatformClock clock) {
    this.scan = scan;
    this.clock = clock;
  }

  /**
   * @param sentAtMillis before its request was written, by our clock
   * @param receivedAtMillis when its head came in
   */
  Answer read(int status, MultiMap headers, byte[] body, long sentAtMillis, long receivedAtMillis) {
    Envelope envelope = mayCarryEnvelope(status) ? scan.apply(body) : null;
    learn(headers, envelope, sentAtMillis, receivedAtMillis);
    if (envelope == null) {
      return new Answer.Silent(status == 200 ? FailureReasons.NOT_READABLE : "HTTP " + status);
    }
    String contentType = headers.get(HttpHeaders.CONTENT_TYPE);
    Reply reply = new Reply(contentType == null ? Reply.JSON : contentType, body);
    return new Answer.Spoken(
        reply,
        envelope,
        retryAfterMillis(headers, receivedAtMillis),
        dates.millis(headers.get(HttpHeaders.DATE)),
        status);
  }

  /**
   * The same for the answer to a send: on a 4xx only codes that the platform is known to use count,
   * for what stands on the way to it speaks JSON as well.
   */
  Answer ofSend(
      int status, MultiMap headers, byte[] body, long sentAtMillis, long receivedAtMillis) {
    Answer answer = read(status, headers, body, sentAtMillis, receivedAtMillis);
    return status >= 400
            && answer instanceof Answer.Spoken spoken
            && Code.of(spoken.envelope().code()).isCatchAll()
        ? new Answer.Silent("HTTP " + status)
        : answer;
  }

  // Redirects are never followed, and what stands behind a 5xx may be any host's envelope.
  private static boolean mayCarryEnvelope(int status) {
    return status >= 200 && status < 300
        || status >= 400 && status < 500 && !OF_THE_CONNECTION.contains(status);
  }

  private void learn(
      MultiMap headers, Envelope envelope, long sentAtMillis, long receivedAtMillis) {
    long date = dates.millis(headers.get(HttpHeaders.DATE));
    if (date == HttpDate.NONE) {
      return;
    }
    if (envelope != null && TIME_REFUSED.equals(envelope.code())) {
      clock.learnAnew(date, sentAtMillis, receivedAtMillis);
    } else {
      clock.learn(date, sentAtMillis, receivedAtMillis);
    }
  }

  private long retryAfterMillis(MultiMap headers, long receivedAtMillis) {
    String text = headers.get(HttpHeaders.RETRY_AFTER);
    if (text == null) {
      return -1;
    }
    if (text.matches("[0-9]{1,9}")) {
      return Math.min(Long.parseLong(text), MAX_PAUSE_SECONDS) * 1000;
    }
    long until = new HttpDate().millis(text);
    long date = dates.millis(headers.get(HttpHeaders.DATE));
    long now = date == HttpDate.NONE ? clock.at(receivedAtMillis) : date;
    return until == HttpDate.NONE ? -1 : pauseUntil(until - now);
  }

  private static long pauseUntil(long millis) {
    return Math.max(0, Math.min(millis, MAX_PAUSE_SECONDS * 1000));
  }
}
