package io.payonce.flow.operator;

import io.payonce.flow.engine.RetryTiming;
import io.payonce.flow.engine.TimelineWords;
import io.payonce.flow.engine.UnsettledPayment;
import io.payonce.flow.engine.UnsettledPayment.Request;
import io.payonce.flow.port.FlowSettings;
import io.payonce.flow.port.Time;
import io.payonce.json.Malformed;
import io.payonce.ledger.Dossier;
import io.payonce.ledger.LedgerAdmin;
import io.payonce.ledger.Payment;
import io.payonce.model.PaymentId;
import io.payonce.recovery.Window;
import io.vertx.core.Future;
import java.util.Optional;

/** Explains one payment: what is known of it, and what the machine would do next. */
public final class InspectFlow {
  private final LedgerAdmin admin;
  private final Time time;
  private final RetryTiming pauses;

  public InspectFlow(LedgerAdmin admin, Time time, FlowSettings settings) {
    this.admin = admin;
    this.time = time;
    this.pauses = new RetryTiming(settings, time);
  }

  /** Empty when nothing is known of the payment. */
  public Future<Optional<Inspection>> inspect(PaymentId id) {
    return admin.inspect(id).map(found -> found.map(this::explain));
  }

  private Inspection explain(Dossier dossier) {
    Payment payment = dossier.payment();
    if (payment == null || payment.isEnded() || payment.body() == null) {
      return new Inspection(dossier, null, 0, 0, null);
    }
    try {
      UnsettledPayment work = UnsettledPayment.of(payment, Request.read(payment), time);
      return new Inspection(
          dossier,
          work.stage().due(pauses.asking(work, 0), pauses.policy(work)),
          pauses.deadlineMillis(work),
          work.intentAtMillis() + Window.MILLIS,
          TimelineWords.id(work.fields().terminalSn()));
    } catch (Malformed unreadable) {
      return new Inspection(dossier, null, 0, 0, null);
    }
  }
}
