package io.payonce.server;

import io.payonce.flow.Inspection;
import io.payonce.ledger.Dossier;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Tombstone;
import io.payonce.model.Operation;
import io.payonce.rule.Decision;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;

/** A payment as JSON for people: states, times and rules in words; never a body or an answer. */
final class PaymentJson {
  /** Enough to tell two requests apart, too little to be of other use. */
  private static final int FINGERPRINT_CHARS = 12;

  private PaymentJson() {}

  /** The whole story. */
  static JsonObject whole(Inspection inspection) {
    Dossier dossier = inspection.dossier();
    JsonObject json = row(dossier);
    if (dossier.payment() != null) {
      describe(json, dossier.payment());
      Known.of(dossier.payment()).into(json, inspection.terminal());
    }
    json.put("deadlineAt", iso(inspection.deadlineMillis()))
        .put("windowEndsAt", iso(inspection.windowEndsMillis()))
        .put("next", next(dossier, inspection.next()))
        .put("now", iso(dossier.nowMillis()));
    if (dossier.payment() == null && dossier.left().timeline() != null) {
      json.put("timeline", TimelineJson.of(dossier.left().timeline()));
    }
    if (dossier.tombstone() != null) {
      json.put("tombstone", tombstone(dossier.tombstone()));
    }
    return json;
  }

  /** A line of a list. */
  static JsonObject row(Dossier dossier) {
    Payment payment = dossier.payment();
    JsonObject json = new JsonObject()
        .put("merchantId", dossier.id().merchantId())
        .put("appId", dossier.id().appId())
        .put("transactionRequestId", dossier.id().requestId())
        .put("state", state(dossier))
        .put("meaning", meaning(dossier));
    if (payment != null) {
      json.put("outcome", payment.isEnded() ? payment.outcome().word() : null)
          .put("operation", payment.operation().label())
          .put("order", payment.order())
          .put("otherPlatform", payment.stranger())
          .put(
              "amount",
              payment.amount().isUnsaid() ? null : Money.text(payment.amount().toString()))
          .put("otherAmount", other(payment))
          .put("attempts", payment.history().copies())
          .put("platformIds", payment.history().attempt())
          .put("begunAt", iso(payment.begunAtMillis()))
          .put("lastIntentAt", iso(payment.intentAtMillis()));
      Known.of(payment).into(json, null);
    } else if (dossier.isGone()) {
      json.put("order", dossier.left().strayOrder());
    } else {
      json.put(
              "outcome",
              dossier.tombstone() == null ? null : dossier.tombstone().outcome().word())
          .put("order", dossier.left().movedOrder())
          .put("otherAmount", money(dossier.left().moved()));
    }
    return json.put("todo", todo(Runbook.of(dossier)))
        .put("dueAt", iso(dossier.dueAtMillis()))
        .put("leased", dossier.leased())
        .put("attentionSince", iso(dossier.attentionSinceMillis()));
  }

  private static void describe(JsonObject json, Payment payment) {
    if (payment.operation().identity() == Operation.Identity.CALLERS) {
      json.put("platformId", payment.platformId());
    }
    json.put("fingerprint", shortened(payment.fingerprint()))
        .put("copiesMean", new JsonArray(CopyWords.of(payment.history(), payment.isEnded())))
        .put("timeline", TimelineJson.of(payment));
  }

  private static JsonObject next(Dossier dossier, Decision next) {
    if (next == null) {
      return null;
    }
    double seconds = Math.max(0, dossier.dueAtMillis() - dossier.nowMillis()) / 1000.0;
    String in = seconds == 0 ? "now" : String.format(Locale.ROOT, "in %.1f s", seconds);
    return dossier.leased()
        ? new JsonObject()
            .put("what", "a worker is on it; taken over " + in + " if it falls silent")
            .put("because", "somebody holds the lease")
        : new JsonObject().put("what", act(next) + " due " + in).put("because", next.because());
  }

  private static String act(Decision next) {
    return switch (next.act()) {
      case CONFIRM -> "confirm";
      case RESEND -> "another copy";
      case REISSUE -> "a derived id";
      case RELEASE -> "release of the order";
      case SETTLE_PAID, SETTLE_UNPAID, SETTLE_REFUSED -> "settlement";
      case WAIT -> "a look";
    };
  }

  /** What a person does, and where it is explained. */
  private static JsonObject todo(Runbook step) {
    return new JsonObject()
        .put("text", step.step())
        .put("title", step.title())
        .put("runbook", OpsPage.RUNBOOK + "#" + step.anchor());
  }

  private static String other(Payment payment) {
    return money(payment.otherAmount());
  }

  private static String money(String amount) {
    return amount == null || amount.isEmpty() ? null : Money.text(amount);
  }

  private static JsonObject tombstone(Tombstone tombstone) {
    return new JsonObject()
        .put("outcome", tombstone.outcome().word())
        .put("platformId", tombstone.platformId());
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
    return switch (state(dossier)) {
      case "UNREADABLE" -> dossier.unreadable();
      case "GONE" -> gone(dossier);
      case "FORGOTTEN" -> forgotten(dossier);
      case "SENDING" -> "a copy is on its way, or its worker has fallen silent";
      case "HELD" -> "refused for the moment, nothing is on the wire; a copy is to follow";
      case "IN_DOUBT" -> "sent, and nobody knows yet what became of it";
      case "OPEN" -> "the platform accepted it and has not finished";
      case "ATTENTION" -> attention(dossier.payment());
      case "RELEASED" ->
        dossier.payment().otherAmount() == null
            ? "refused for the moment and given back: the same id may come again"
            : attention(dossier.payment());
      default -> ended(dossier);
    };
  }

  private static String gone(Dossier dossier) {
    String order = dossier.left().strayOrder() == null
        ? "an order"
        : "order " + dossier.left().strayOrder();
    return "its record is gone, and it holds " + order + ": only a person can end it, by force";
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
        ? "before a person: the outcome could not be learnt; asked about slowly"
        : "before a person: the platform moved " + other(payment) + " instead of "
            + Money.text(payment.amount().toString());
  }

  private static String ended(Dossier dossier) {
    String contradicted =
        dossier.attentionSinceMillis() > 0 ? "; the platform says otherwise since, look at it" : "";
    return switch (dossier.payment().outcome()) {
      case PAID -> "paid";
      case UNPAID -> "not paid, and never will be" + contradicted;
      default -> "refused by the platform" + contradicted;
    };
  }

  private static String shortened(String fingerprint) {
    return fingerprint.substring(0, Math.min(FINGERPRINT_CHARS, fingerprint.length()));
  }

  static String iso(long millis) {
    return millis == 0 ? null : Instant.ofEpochMilli(millis).toString();
  }
}
