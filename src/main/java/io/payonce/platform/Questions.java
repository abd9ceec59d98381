package io.payonce.platform;

import io.payonce.model.Answer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.concurrent.TimeUnit;

/** Sends what moves no money, over connections that payments never wait for. */
final class Questions {
  private final WebClient kept;
  private final WebClient fresh;
  private final PlatformSettings settings;
  private final Reading reading;

  Questions(HttpClient kept, HttpClient fresh, PlatformSettings settings, Reading reading) {
    this.kept = web(kept);
    this.fresh = web(fresh);
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
    options.setConnectTimeout(2 * settings.connectTimeoutMillis());
    WholeBody answer = new WholeBody();
    HttpRequest<byte[]> request = client.request(options).as(answer);
    return (body.length == 0 ? request.send() : request.sendBuffer(Buffer.buffer(body)))
        .timeout(settings.requestTimeoutMillis(), TimeUnit.MILLISECONDS)
        .map(this::read)
        .otherwise(answer::giveUp);
  }

  private static WebClient web(HttpClient client) {
    WebClientOptions plain =
        new WebClientOptions().setFollowRedirects(false).setUserAgentEnabled(false);
    return WebClient.wrap(client, plain).addInterceptor(WholeBody::watch);
  }

  private Answer read(HttpResponse<byte[]> response) {
    return reading.read(
        response.statusCode(), response.headers(), response.body(), System.currentTimeMillis());
  }
}
