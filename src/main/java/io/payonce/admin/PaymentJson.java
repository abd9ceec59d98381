package io.payonce.admin;

import io.payonce.flow.operator.Inspection;
import io.payonce.ledger.Dossier;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Tombstone;
import io.payonce.model.Operation;
import io.payonce.recovery.Decision;
import java.time.Instant;
import java.util.Locale;

/** A payment as JSON for operators: states, times and rules in words; never a body or an answer. */
final class PaymentJson {
  /** Enough to tell two requests apart, too little to be of other use. */
  private static final int FINGERPRINT_CHARS = 12;

  private PaymentJson() {}

  /** The whole story. */
  static PaymentView whole(Inspection inspection) {
    Dossier dossier = inspection.dossier();
    Payment payment = dossier.payment();
    String remains = payment == null ? dossier.left().timeline() : null;
    return new PaymentView(
        row(dossier, inspection.terminal()),
        payment == null ? null : story(payment),
        new PaymentView.Schedule(
            iso(inspection.deadlineMillis()),
            iso(inspection.windowEndsMillis()),
            next(dossier, inspection.next()),
            iso(dossier.nowMillis())),
        remains == null ? null : TimelineJson.of(remains),
        dossier.tombstone() == null ? null : grave(dossier.tombstone()));
  }

  /** A line of a list. */
  static PaymentView.Row row(Dossier dossier) {
    return row(dossier, null);
  }

  /** @param terminal as the request has it, where it is kept */
  private static PaymentView.Row row(Dossier dossier, String terminal) {
    return new PaymentView.Row(
        PaymentView.Name.of(dossier.id()),
        new PaymentView.State(state(dossier), meaning(dossier)),
        kept(dossier, terminal),
        todo(Runbook.of(dossier)),
        iso(dossier.dueAtMillis()),
        dossier.leased(),
        iso(dossier.attentionSinceMillis()));
  }

  private static PaymentView.Kept kept(Dossier dossier, String terminal) {
    if (dossier.payment() != null) {
      return recorded(dossier.payment(), terminal);
    }
    if (dossier.isGone()) {
      return new PaymentView.Stray(dossier.left().strayOrder());
    }
    return new PaymentView.Remains(
        dossier.tombstone() == null ? null : dossier.tombstone().outcome().word(),
        dossier.left().movedOrder(),
        money(dossier.left().moved()));
  }

  private static PaymentView.Recorded recorded(Payment payment, String terminal) {
    return new PaymentView.Recorded(
        new PaymentView.Purpose(
            payment.isEnded() ? payment.outcome().word() : null,
            payment.operation().label(),
            payment.order(),
            payment.isStrange() || payment.account().isDefault()
                ? null
                : payment.account().name(),
            payment.stranger()),
        new PaymentView.Amounts(
            payment.amount().isUnsaid()
                ? null
                : AmountText.text(payment.amount().toString()),
            other(payment)),
        new PaymentView.Sends(
            payment.history().sends(),
            payment.history().generation(),
            iso(payment.begunAtMillis()),
            iso(payment.intentAtMillis())),
        SupportReferences.of(payment).orTerminal(terminal));
  }

  private static PaymentView.Story story(Payment payment) {
    boolean named = payment.operation().identity() == Operation.Identity.CALLERS;
    return new PaymentView.Story(
        named ? payment.platformId() : null,
        shortened(payment.fingerprint()),
        SendSummary.of(payment.history(), payment.isEnded()),
        TimelineJson.of(payment));
  }

  private static PaymentView.Next next(Dossier dossier, Decision next) {
    if (next == null) {
      return null;
    }
    double seconds = Math.max(0, dossier.dueAtMillis() - dossier.nowMillis()) / 1000.0;
    String in = seconds == 0 ? "now" : String.format(Locale.ROOT, "in %.1f s", seconds);
    return dossier.leased()
        ? new PaymentView.Next(
            "a worker is on it; taken over " + in + " if it falls silent",
            "a pod or an operator holds the lease")
        : new PaymentView.Next(act(next) + " due " + in, next.because());
  }

  private static String act(Decision next) {
    return switch (next.action()) {
      case CONFIRM -> "confirm";
      case RESEND -> "another send";
      case REISSUE -> "a reissued id";
      case RELEASE -> "release of the order";
      case SETTLE_PAID, SETTLE_UNPAID, SETTLE_REFUSED -> "settlement";
      case WAIT -> "a look";
    };
  }

  /** What an operator does, and where it is explained. */
  private static PaymentView.Todo todo(Runbook step) {
    return new PaymentView.Todo(step.step(), step.title(), OpsPage.RUNBOOK + "#" + step.anchor());
  }

  private static String other(Payment payment) {
    return money(payment.otherAmount());
  }

  private static String money(String amount) {
    return amount == null || amount.isEmpty() ? null : AmountText.text(amount);
  }

  private static PaymentView.Grave grave(Tombstone tombstone) {
    return new PaymentView.Grave(tombstone.outcome().word(), tombstone.platformId());
  }

  private static String state(Dossier dossier) {
    if (dossier.unreadable() != null) {
      return "UNREADABLE";
    }
    Payment payment = dossier.payment();
    if (payment == null) {
      if (dossier.isGone()) {
        return "GONE";
      }
      return "FORGOTTEN";
    }
    if (!payment.isEnded()) {
      return payment.stage().word();
    }
    return payment.outcome() == Outcome.RELEASED ? "RELEASED" : "SETTLED";
  }

  private static String meaning(Dossier dossier) {
    if (dossier.unreadable() != null) {
      return dossier.unreadable();
    }
    Payment payment = dossier.payment();
    if (payment == null) {
      return dossier.isGone() ? gone(dossier) : forgotten(dossier);
    }
    return payment.isEnded() ? ended(dossier) : unsettled(payment);
  }

  private static String unsettled(Payment payment) {
    return switch (payment.stage().name()) {
      case SENDING -> "a send is on its way, or its worker has fallen silent";
      case HELD -> "refused for the moment, nothing is on the wire; a send is to follow";
      case IN_DOUBT -> "sent, outcome not known yet";
      case OPEN -> "the platform accepted it and has not finished";
      case ATTENTION -> attention(payment);
    };
  }

  private static String gone(Dossier dossier) {
    String order = dossier.left().strayOrder() == null
        ? "an order"
        : "order " + dossier.left().strayOrder();
    return "its record is gone, and it holds " + order + ": only an operator can end it, by force";
  }

  private static String forgotten(Dossier dossier) {
    String moved = money(dossier.left().moved());
    return "its record has expired; only the marks below are left"
        + (dossier.left().moved() == null ? "" : "; the platform moved ")
        + (dossier.left().moved() == null ? "" : moved == null ? "money" : moved)
        + (dossier.left().moved() == null ? "" : " for it, look at it");
  }

  private static String attention(Payment payment) {
    return payment.otherAmount() == null
        ? "needs review: the outcome could not be learnt; asked about slowly"
        : "needs review: the platform moved " + other(payment) + " instead of "
            + AmountText.text(payment.amount().toString());
  }

  private static String ended(Dossier dossier) {
    String contradicted =
        dossier.attentionSinceMillis() > 0 ? "; the platform says otherwise since, look at it" : "";
    return switch (dossier.payment().outcome()) {
      case PAID -> "paid";
      case UNPAID -> "not paid, and never will be" + contradicted;
      case REFUSED -> "refused by the platform" + contradicted;
      case RELEASED ->
        dossier.payment().otherAmount() == null
            ? "refused for the moment and given back: the same id may come again"
            : attention(dossier.payment());
    };
  }

  private static String shortened(String fingerprint) {
    return fingerprint.substring(0, Math.min(FINGERPRINT_CHARS, fingerprint.length()));
  }

  static String iso(long millis) {
    return millis == 0 ? null : Instant.ofEpochMilli(millis).toString();
  }
}
