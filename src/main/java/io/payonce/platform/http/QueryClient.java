package io.payonce.platform.http;

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
import java.util.function.Supplier;

/** Sends what moves no money, over connections that payments never wait for. */
final class QueryClient {
  private final WebClient kept;
  private final WebClient fresh;
  private final PlatformSettings settings;
  private final ResponseReader reading;
  private final Supplier<AddressAttempts> ways;

  QueryClient(
      HttpClient kept,
      HttpClient fresh,
      PlatformSettings settings,
      ResponseReader reading,
      Supplier<AddressAttempts> ways) {
    this.kept = web(kept);
    this.fresh = web(fresh);
    this.settings = settings;
    this.reading = reading;
    this.ways = ways;
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
    long byNanos = System.nanoTime() + 2 * settings.times().connectMillis() * 1_000_000;
    return ask(client, options, body, new Search(ways.get(), byNanos));
  }

  /** @param byNanos when to stop looking for a connection */
  private record Search(AddressAttempts way, long byNanos) {
    long leftMillis() {
      return TimeUnit.NANOSECONDS.toMillis(byNanos - System.nanoTime());
    }

    /** What could not be sent is tried where it may be taken. */
    boolean goesOn(Answer answer) {
      if (!(answer instanceof Answer.Unsent unsent)
          || unsent.why().equals(FailureReasons.POOL_FULL)) {
        return false;
      }
      way.failed();
      return !way.isAtItsEnd() && leftMillis() > 0;
    }
  }

  private Future<Answer> ask(WebClient client, RequestOptions options, byte[] body, Search search) {
    return search
        .way()
        .next(options, search.leftMillis())
        .compose(
            request -> exchange(client, request, body, search.way()),
            unknown -> Future.succeededFuture(new Answer.Unsent(FailureReasons.unsent(unknown))))
        .compose(answer -> search.goesOn(answer)
            ? ask(client, options, body, search)
            : Future.succeededFuture(answer));
  }

  private Future<Answer> exchange(
      WebClient client, RequestOptions options, byte[] body, AddressAttempts way) {
    BoundedBody answer = new BoundedBody();
    long sentAtMillis = System.currentTimeMillis();
    return Future.succeededFuture(client)
        .map(web -> web.request(options).as(answer))
        .compose(request -> sent(request, body))
        .map(response -> read(response, sentAtMillis))
        .onFailure(way::missed)
        .otherwise(answer::giveUp);
  }

  /** It is here that the client's future knows its loop: a later one would wait elsewhere. */
  private Future<HttpResponse<byte[]>> sent(HttpRequest<byte[]> request, byte[] body) {
    return (body.length == 0 ? request.send() : request.sendBuffer(Buffer.buffer(body)))
        .timeout(settings.times().requestMillis(), TimeUnit.MILLISECONDS);
  }

  private static WebClient web(HttpClient client) {
    WebClientOptions plain =
        new WebClientOptions().setFollowRedirects(false).setUserAgentEnabled(false);
    return WebClient.wrap(client, plain).addInterceptor(BoundedBody::watch);
  }

  private Answer read(HttpResponse<byte[]> response, long sentAtMillis) {
    return reading.read(
        response.statusCode(),
        response.headers(),
        response.body(),
        sentAtMillis,
        System.currentTimeMillis());
  }
}
