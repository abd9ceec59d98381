package io.payonce.sandbox.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.payonce.sandbox.bank.SimAnswer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Puts a reply on the wire, whole or broken. */
final class ReplyWriter {

  private static final String HTML = "text/html; charset=UTF-8";

  private ReplyWriter() {}

  /** @param platformMillis the platform's time, for the Date header */
  static void deliver(
      HttpServerRequest request, SimReply reply, String traceId, long platformMillis) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return;
    }
    SimAnswer answer = reply.answer();
    response.setStatusCode(answer.httpStatus()).putHeader("Date", date(platformMillis));
    if (answer.retryAfterSeconds() != null) {
      response.putHeader("Retry-After", answer.retryAfterSeconds().toString());
    }
    switch (reply.delivery()) {
      case NORMAL, WRONG_ORDER -> end(response, answer, traceId);
      case SILENT -> {}
      case RESET -> reset(request);
      case CUT -> cut(request, Buffer.buffer(json(answer, traceId)));
      case GARBAGE -> html(response, "<html><body>Bad day</body></html>");
      case EMPTY -> response.end();
    }
  }

  private static void end(HttpServerResponse response, SimAnswer answer, String traceId) {
    if (answer.code() == null) {
      html(response, "<html><body>" + answer.httpStatus() + "</body></html>");
    } else {
      json(response).end(Buffer.buffer(json(answer, traceId)));
    }
  }

  static HttpServerResponse json(HttpServerResponse response) {
    return response.putHeader("Content-Type", "application/json; charset=UTF-8");
  }

  private static byte[] json(SimAnswer answer, String traceId) {
    return answer.envelope(traceId);
  }

  private static void html(HttpServerResponse response, String text) {
    response.putHeader("Content-Type", HTML).end(text);
  }

  private static void cut(HttpServerRequest request, Buffer whole) {
    json(request.response())
        .putHeader("Content-Length", String.valueOf(whole.length()))
        .write(whole.slice(0, whole.length() / 2))
        .onComplete(written -> request.connection().close());
  }

  /** Vert.x has no way to ask for a TCP reset: closing with no time to linger makes one. */
  private static void reset(HttpServerRequest request) {
    Channel channel = ((ConnectionBase) request.connection()).channel();
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    channel.close();
  }

  private static String date(long millis) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(
        Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC));
  }
}
