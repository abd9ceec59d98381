package io.payonce.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.payonce.flow.port.StepFault;
import io.payonce.flow.port.Trace;
import io.payonce.ledger.BeginResult;
import io.payonce.ledger.CloseResult;
import io.payonce.model.Answer;
import io.payonce.platform.PlatformRequest;
import io.vertx.core.Future;

/** One step as a span. Of its result only words are shown: codes and outcomes, never content. */
final class SpanStep implements Trace.Step {
  private static final int FIRST_ERROR = 400;

  private final Span span;
  private final Context inside;
  private final SpanPeer platform;

  /** @param platform whom a send or a question goes to */
  SpanStep(Span span, Context inside, SpanPeer platform) {
    this.span = span;
    this.inside = inside;
    this.platform = platform;
  }

  <T> SpanStep with(AttributeKey<T> key, T value) {
    span.setAttribute(key, value);
    return this;
  }

  @Override
  public PlatformRequest carrying(PlatformRequest message) {
    platform.describe(span, message);
    return new PlatformRequest(
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
    error(span, StepFault.of(cause).word());
  }

  private static void error(Span span, String word) {
    span.setStatus(StatusCode.ERROR, word).setAttribute(SpanAttributes.ERROR, word);
  }

  private void show(Object result) {
    if (result instanceof Answer answer) {
      show(answer);
    } else if (result instanceof BeginResult) {
      span.setAttribute(SpanAttributes.OUTCOME, SpanWords.of(result));
    } else if (result instanceof CloseResult && !(result instanceof CloseResult.Closed)) {
      error(span, SpanWords.of(result));
    } else if (Boolean.FALSE.equals(result)) {
      error(span, "stale");
    }
  }

  private void show(Answer answer) {
    span.setAttribute(SpanAttributes.OUTCOME, SpanWords.of(answer));
    if (answer instanceof Answer.Spoken spoken) {
      span.setAttribute(SpanAttributes.CODE, spoken.envelope().code());
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
      span.setAttribute(SpanAttributes.STATUS, status);
    }
    if (status >= FIRST_ERROR) {
      error(span, Long.toString(status));
    }
  }
}
