package io.payonce.server;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.payonce.flow.Trace;
import io.payonce.ledger.Begin;
import io.payonce.ledger.Close;
import io.payonce.model.Answer;
import io.payonce.platform.Message;
import io.vertx.core.Future;
import java.util.Locale;

/** One step as a span. Of its result only words are shown: codes and outcomes, never content. */
final class SpanStep implements Trace.Step {
  private final Span span;
  private final Context inside;

  SpanStep(Span span, Context inside) {
    this.span = span;
    this.inside = inside;
  }

  <T> SpanStep with(AttributeKey<T> key, T value) {
    span.setAttribute(key, value);
    return this;
  }

  @Override
  public Message carrying(Message message) {
    return new Message(
        message.method(),
        message.target(),
        Propagation.out(inside, message.headers()),
        message.body());
  }

  @Override
  public <T> Future<T> over(Future<T> result) {
    return result.onComplete(done -> {
      if (done.succeeded()) {
        show(done.result());
      } else {
        failed(span, done.cause());
      }
      span.end();
    });
  }

  /** The failure's name alone: its text might quote what it failed on. */
  static void failed(Span span, Throwable cause) {
    span.setStatus(StatusCode.ERROR, cause.getClass().getSimpleName());
  }

  private void show(Object result) {
    if (result instanceof Answer answer) {
      show(answer);
    } else if (result instanceof Begin) {
      span.setAttribute(SpanTrace.OUTCOME, word(result));
    } else if (result instanceof Close && !(result instanceof Close.Closed)) {
      span.setStatus(StatusCode.ERROR, word(result));
    } else if (Boolean.FALSE.equals(result)) {
      span.setStatus(StatusCode.ERROR, "stale");
    }
  }

  private void show(Answer answer) {
    span.setAttribute(SpanTrace.OUTCOME, word(answer));
    if (answer instanceof Answer.Spoken spoken) {
      span.setAttribute(SpanTrace.CODE, spoken.envelope().code());
    } else {
      span.setStatus(
          StatusCode.ERROR,
          answer instanceof Answer.Silent silent ? silent.why() : ((Answer.Unsent) answer).why());
    }
  }

  private static String word(Object result) {
    return result.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
