package io.payonce.server;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.payonce.flow.Fault;
import io.payonce.flow.Trace;
import io.payonce.ledger.Begin;
import io.payonce.ledger.Close;
import io.payonce.model.Answer;
import io.payonce.platform.Message;
import io.vertx.core.Future;

/** One step as a span. Of its result only words are shown: codes and outcomes, never content. */
final class SpanStep implements Trace.Step {
  private static final int FIRST_ERROR = 400;

  private final Span span;
  private final Context inside;
  private final Peer platform;

  /** @param platform whom a copy or a question goes to */
  SpanStep(Span span, Context inside, Peer platform) {
    this.span = span;
    this.inside = inside;
    this.platform = platform;
  }

  <T> SpanStep with(AttributeKey<T> key, T value) {
    span.setAttribute(key, value);
    return this;
  }

  @Override
  public Message carrying(Message message) {
    platform.describe(span, message);
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

  /** The failure's kind alone: its text might quote what it failed on. */
  static void failed(Span span, Throwable cause) {
    error(span, Fault.of(cause).word());
  }

  private static void error(Span span, String word) {
    span.setStatus(StatusCode.ERROR, word).setAttribute(Semantic.ERROR, word);
  }

  private void show(Object result) {
    if (result instanceof Answer answer) {
      show(answer);
    } else if (result instanceof Begin) {
      span.setAttribute(Semantic.OUTCOME, SpanWords.of(result));
    } else if (result instanceof Close && !(result instanceof Close.Closed)) {
      error(span, SpanWords.of(result));
    } else if (Boolean.FALSE.equals(result)) {
      error(span, "stale");
    }
  }

  private void show(Answer answer) {
    span.setAttribute(Semantic.OUTCOME, SpanWords.of(answer));
    if (answer instanceof Answer.Spoken spoken) {
      span.setAttribute(Semantic.CODE, spoken.envelope().code());
      answered(spoken.httpStatus());
    } else {
      String why =
          answer instanceof Answer.Silent silent ? silent.why() : ((Answer.Unsent) answer).why();
      answered(SpanWords.status(why));
      error(span, SpanWords.error(why));
    }
  }

  private void answered(long status) {
    if (status > 0) {
      span.setAttribute(Semantic.STATUS, status);
    }
    if (status >= FIRST_ERROR) {
      error(span, Long.toString(status));
    }
  }
}
