package io.payonce.flow;

import io.payonce.codes.Code;
import io.payonce.codes.Report;
import io.payonce.flow.engine.StoredReply;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.CallOutcome;
import io.payonce.flow.port.FlowSettings;
import io.payonce.flow.port.Inbound;
import io.payonce.flow.port.Outbound;
import io.payonce.flow.port.Outbound.Sent;
import io.payonce.flow.port.Outbound.Source;
import io.payonce.flow.port.Telemetry;
import io.payonce.flow.port.Time;
import io.payonce.json.ProxyEnvelope;
import io.payonce.model.Account;
import io.payonce.model.Answer;
import io.payonce.model.Operations;
import io.payonce.model.Reply;
import io.payonce.platform.PlatformRequest;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;

/**
 * Passes on calls that the ledger keeps no record of: merchant queries, session ends, unknown
 * paths. A call that may be repeated is sent again while its outcome is unknown and the caller's
 * wait budget has room for it; any other is sent once.
 */
public final class CallFlow {
  private final Accounts accounts;
  private final Time time;
  private final Telemetry telemetry;
  private final FlowSettings settings;

  CallFlow(Accounts accounts, Time time, Telemetry telemetry, FlowSettings settings) {
    this.accounts = accounts;
    this.telemetry = telemetry;
    this.time = time;
    this.settings = settings;
  }

  private record Call(
      Inbound inbound, Accounts.Way way, PlatformRequest message, int sends, long sinceNanos) {}

  /** Answers a caller; fails only by a bug. */
  public Future<Outbound> handle(Inbound inbound) {
    return handle(inbound, accounts.of(inbound));
  }

  /** @param account whose payment it is about */
  Future<Outbound> handle(Inbound inbound, Account account) {
    int sends = inbound.operation() == null ? 1 : settings.maxAttempts();
    PlatformRequest message =
        new PlatformRequest(inbound.method(), inbound.target(), inbound.headers(), inbound.body());
    Accounts.Way way = accounts.way(account);
    return send(new Call(inbound, way, message, sends, time.nanos()), 1);
  }

  /** Whether money may have moved without a record of it. */
  private void watch(Inbound inbound, Answer answer) {
    String path = path(inbound.target());
    boolean described = inbound.operation() != null || Operations.isQuestion(path);
    if (!described && inbound.method().equals("POST") && mayHaveDone(answer)) {
      telemetry.passedUnlocked(path);
    }
  }

  private static String path(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /**
   * False of a path that the platform does not know (codes.md#every-code): it is no call of its.
   */
  private static boolean mayHaveDone(Answer answer) {
    return answer instanceof Answer.Spoken spoken
        ? Code.of(spoken.envelope().code()) != Code.C18
        : !(answer instanceof Answer.Unsent);
  }

  /**
   * Sends a call that may be repeated on a caller's behalf.
   *
   * @param account whose payment it is about
   * @param sinceNanos when the caller came
   */
  Future<Outbound> call(
      Inbound inbound, Account account, PlatformRequest message, long sinceNanos) {
    Accounts.Way way = accounts.way(account);
    return send(new Call(inbound, way, message, settings.maxAttempts(), sinceNanos), 1);
  }

  private Future<Outbound> send(Call call, int sent) {
    return call.way().platform().call(call.message()).compose(answer -> {
      watch(call.inbound(), answer);
      Future<Outbound> outbound = Future.succeededFuture(reply(call.inbound(), answer, sent));
      return sent < call.sends() && isUnknown(answer) && isTimeForOneMore(call)
          ? time.pause(settings.firstDelayMillis())
              .compose(rested -> call.way().limits().acquireCallRetry())
              .compose(allowed -> allowed ? send(call, sent + 1) : outbound)
          : outbound;
    });
  }

  /** A caller is not held longer than it wants, whatever another exchange might bring. */
  private boolean isTimeForOneMore(Call call) {
    long heldMillis = TimeUnit.NANOSECONDS.toMillis(time.nanos() - call.sinceNanos());
    return heldMillis + settings.firstDelayMillis() + settings.exchangeMillis()
        <= call.inbound().waitMillis();
  }

  private static boolean isUnknown(Answer answer) {
    return answer instanceof Answer.Spoken spoken
        ? Code.of(spoken.envelope().code()).ofThatSend() == Report.UNKNOWN
        : StoredReply.fault(answer) == null;
  }

  static Outbound reply(Inbound inbound, Answer answer, int sent) {
    if (answer instanceof Answer.Spoken spoken) {
      return Outbound.of(spoken.reply(), Source.PLATFORM, Sent.YES, sent, CallOutcome.PASSED)
          .retryAfter(StoredReply.retryAfterSeconds(spoken));
    }
    if (sent == 1 && StoredReply.fault(answer) != null) {
      return Outbound.refusal(
          StoredReply.unsendable(StoredReply.fault(answer), inbound.traceId()),
          CallOutcome.INVALID);
    }
    boolean unsent = answer instanceof Answer.Unsent && sent == 1;
    Reply reply = unsent
        ? ProxyEnvelope.refusal(
            "E01", "the platform cannot be reached; nothing was sent", inbound.traceId())
        : StoredReply.unreadable(inbound.traceId());
    return unsent
        ? Outbound.of(reply, Source.PROXY, Sent.NOT_BY_THIS_CALL, 0, CallOutcome.SILENT)
            .retryAfter(1)
        : Outbound.of(reply, Source.PROXY, Sent.YES, sent, CallOutcome.SILENT);
  }
}
