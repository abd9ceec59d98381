package io.payonce.flow;

import io.payonce.flow.Outbound.Sent;
import io.payonce.flow.Outbound.Source;
import io.payonce.json.OwnAnswer;
import io.payonce.limit.Limits;
import io.payonce.model.Answer;
import io.payonce.model.Reply;
import io.payonce.platform.Message;
import io.payonce.platform.Platform;
import io.payonce.rule.Code;
import io.payonce.rule.Report;
import io.vertx.core.Future;

/**
 * Calls that the ledger keeps no record of: merchant queries, session ends, paths we do not know.
 * One that may be repeated is, while its outcome is unknown; any other goes out once.
 */
public final class CallFlow {
  private final Platform platform;
  private final Limits limits;
  private final Time time;
  private final Telemetry telemetry;
  private final FlowSettings settings;

  CallFlow(
      Platform platform, Limits limits, Time time, Telemetry telemetry, FlowSettings settings) {
    this.platform = platform;
    this.limits = limits;
    this.time = time;
    this.telemetry = telemetry;
    this.settings = settings;
  }

  /** Answers a caller; fails only by a bug. */
  public Future<Outbound> handle(Inbound inbound) {
    int sends = inbound.operation() == null ? 1 : settings.maxAttempts();
    Message message =
        new Message(inbound.method(), inbound.target(), inbound.headers(), inbound.body());
    return call(inbound, message, sends, 1);
  }

  /** Sends a call that may be repeated on a caller's behalf. */
  Future<Outbound> call(Inbound inbound, Message message) {
    return call(inbound, message, settings.maxAttempts(), 1);
  }

  private Future<Outbound> call(Inbound inbound, Message message, int sends, int sent) {
    return platform.call(message).compose(answer -> {
      return sent < sends && isUnknown(answer)
          ? time.pause(settings.firstDelayMillis())
              .compose(rested -> limits.repeat())
              .compose(allowed -> allowed
                  ? call(inbound, message, sends, sent + 1)
                  : Future.succeededFuture(told(inbound, answer, sent)))
          : Future.succeededFuture(told(inbound, answer, sent));
    });
  }

  private boolean isUnknown(Answer answer) {
    if (!(answer instanceof Answer.Spoken spoken)) {
      return true;
    }
    Code code = Code.of(spoken.envelope().code());
    telemetry.platformSaid(code, spoken.envelope().code());
    return code.ofThatCopy() == Report.UNKNOWN;
  }

  static Outbound told(Inbound inbound, Answer answer, int sent) {
    if (answer instanceof Answer.Spoken spoken) {
      return new Outbound(
          spoken.reply(),
          Source.PLATFORM,
          Sent.YES,
          sent,
          false,
          0,
          "passed",
          Outbound.NOT_MEASURED);
    }
    boolean unsent = answer instanceof Answer.Unsent && sent == 1;
    Reply reply = unsent
        ? OwnAnswer.refusal(
            "E01", "the platform cannot be reached; nothing was sent", inbound.traceId())
        : OwnAnswer.refusal("E02", "the platform gave no readable answer", inbound.traceId());
    return new Outbound(
        reply,
        Source.PROXY,
        unsent ? Sent.NO : Sent.YES,
        unsent ? 0 : sent,
        false,
        unsent ? 1 : 0,
        "silent",
        Outbound.NOT_MEASURED);
  }
}
