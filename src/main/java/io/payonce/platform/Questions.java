package io.payonce.platform;

import io.payonce.model.Answer;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.util.concurrent.TimeUnit;

/** Sends what moves no money, over connections that payments never wait for. */
final class Questions {
  private final WebClient kept;
  private final WebClient fresh;
  private final PlatformSettings settings;
  private final Reading reading;

  Questions(WebClient kept, WebClient fresh, PlatformSettings settings, Reading reading) {
    this.kept = kept;
    this.fresh = fresh;
    this.settings = settings;
    this.reading = reading;
  }

  /** Never fails. */
  Future<Answer> ask(RequestOptions request, byte[] body) {
    return ask(kept, request, body);
  }

  /** The same where the kept connections proved stale. */
  Future<Answer> askAnew(RequestOptions request, byte[] body) {
    return ask(fresh, request, body);
  }

  private Future<Answer> ask(WebClient client, RequestOptions options, byte[] body) {
    long timeoutMillis = settings.requestTimeoutMillis();
    long byNanos = System.nanoTime() + timeoutMillis * 1_000_000;
    options.setConnectTimeout(2 * settings.connectTimeoutMillis()).setIdleTimeout(timeoutMillis);
    WholeBody answer = new WholeBody(byNanos);
    HttpRequest<byte[]> request = client.request(options).as(answer);
    return (body.length == 0 ? request.send() : request.sendBuffer(Buffer.buffer(body)))
        .timeout(timeoutMillis, TimeUnit.MILLISECONDS)
        .transform(got -> Future.succeededFuture(conclude(got, answer)));
  }

  private Answer conclude(AsyncResult<HttpResponse<byte[]>> got, WholeBody answer) {
    return got.succeeded() ? read(got.result()) : broken(got.cause(), answer);
  }

  private Answer read(HttpResponse<byte[]> response) {
    return reading.read(
        response.statusCode(), response.headers(), response.body(), System.currentTimeMillis());
  }

  // WebClient does not say which step failed, so only what can fail in no other step is "unsent".
  private static Answer broken(Throwable cause, WholeBody answer) {
    String unsent = Reasons.surelyUnsent(cause);
    return unsent == null ? new Answer.Silent(answer.why(cause)) : new Answer.Unsent(unsent);
  }
}
