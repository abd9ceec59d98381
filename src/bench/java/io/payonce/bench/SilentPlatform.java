package io.payonce.bench;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** A platform that answers in 50 ms, or says nothing at all. It has paid what it is asked about. */
final class SilentPlatform {
  static final long ANSWER_MILLIS = 50;
  private static final String DOUBTFUL = "request-";

  private final Vertx vertx;
  private final HttpServer server;
  private final int unknown;
  private final LongAdder sales = new LongAdder();
  private final LongAdder resends = new LongAdder();
  private final LongAdder questions = new LongAdder();
  private final AtomicInteger atOnce = new AtomicInteger();
  private volatile int most;
  private volatile boolean silent;

  /** @param unknown one in so many payments in doubt has never come in */
  SilentPlatform(Vertx vertx, int unknown) throws Exception {
    this.vertx = vertx;
    this.unknown = unknown;
    server = vertx
        .createHttpServer()
        .requestHandler(this::handle)
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  int port() {
    return server.actualPort();
  }

  void silent(boolean now) {
    silent = now;
  }

  /** Counts from 0 again. */
  void forget() {
    sales.reset();
    resends.reset();
    questions.reset();
    most = 0;
  }

  /** First sends that were answered. */
  long sales() {
    return sales.sum();
  }

  long resends() {
    return resends.sum();
  }

  long questions() {
    return questions.sum();
  }

  int mostAtOnce() {
    return most;
  }

  static String sale(String merchant, String id, String order) {
    return """
        {"appId":"app1","merchantId":"%s","referenceOrderId":"%s","transactionRequestId":"%s",\
        "amount":{"orderAmount":1999,"priceCurrency":"USD"},"description":"two books and a pen",\
        "terminalSn":"T0001"}""".formatted(merchant, order, id);
  }

  private void handle(HttpServerRequest request) {
    boolean asks = request.method().name().equals("GET");
    if (asks) {
      questions.increment();
      most = Math.max(most, atOnce.incrementAndGet());
      request.response().endHandler(end -> atOnce.decrementAndGet());
      request.response().closeHandler(cut -> {
        if (!request.response().ended()) {
          atOnce.decrementAndGet();
        }
      });
    }
    if (silent) {
      return;
    }
    if (asks) {
      answer(request, asked(request.getParam("transactionRequestId")));
      return;
    }
    request.body().onSuccess(body -> {
      boolean again = body.toString().contains(DOUBTFUL);
      (again ? resends : sales).increment();
      answer(request, Nginx.paid("T"));
    });
  }

  private String asked(String id) {
    boolean never = id.startsWith(DOUBTFUL)
        && Integer.parseInt(id.substring(DOUBTFUL.length())) % unknown == 0;
    return never
        ? "{\"code\":\"C12\",\"msg\":\"transaction not found\",\"traceId\":\"t\"}"
        : """
        {"code":"0","msg":"Success","traceId":"t","data":{"transactionId":"T%s","transactionStatus":"S",\
        "transactionRequestId":"%s","amount":{"orderAmount":1999,"priceCurrency":"USD"}}}""".formatted(id, id);
  }

  private void answer(HttpServerRequest request, String body) {
    vertx.setTimer(ANSWER_MILLIS, later -> {
      if (!request.response().closed()) {
        request.response().putHeader("Content-Type", "application/json").end(body);
      }
    });
  }
}
