package io.payonce.admin;

import io.payonce.ledger.Dossier;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;

/**
 * Says what an operator does about a payment: the next step in one sentence, and the paragraph that
 * says how. The paragraphs are served at {@code /runbook}, and stand in operations.md.
 */
enum Runbook {
  NOTHING(
      "nothing-to-do",
      "Nothing to do",
      "Nothing to do: it has ended.",
      "The payment has ended and its callers have the answer. A repeat of the same request gets the"
          + " same answer."),
  WAIT(
      "payonce-is-at-it",
      "Payonce is at it",
      "Wait: Payonce is at it by itself. \"Ask the platform now\" only shortens the pause.",
      "Payonce asks the platform again and again, and sends again only when that cannot charge"
          + " twice. The time of the next look stands on the page. If that time is over and nothing"
          + " happens for a minute, no pod works: see `/health/ready` of each."),
  CUSTOMER(
      "the-customer-is-at-it",
      "The customer is at it",
      "Wait for the customer, or let the caller abort it; Payonce follows it until it has ended.",
      "The platform has accepted the payment and waits: for a card at a terminal, for a wallet, or"
          + " for the hosted page. Look at the terminal that is named. The shop can abort it; do not"
          + " let the customer pay in another way before it has ended."),
  ASK_SUPPORT(
      "the-outcome-is-unknown",
      "The outcome is unknown",
      "Give the platform's support the ids below, then resolve it as they say.",
      "The platform was asked until the deadline and did not say how the payment ended. Press \"Ask"
          + " the platform now\" once more. If that says nothing, call the platform's support with"
          + " transactionId, traceId, merchant, terminal, amount and time. Did the money move?"
          + " Resolve as paid, at any time. Did it not, and never will? Resolve as not paid: that is"
          + " granted when every send's window (10 minutes after it left) is over; the page says"
          + " when. Until then the order stays taken, so that no customer is charged twice. Write into"
          + " the note who said it and the number of their ticket."),
  OTHER_AMOUNT(
      "another-amount-was-charged",
      "Another amount was charged",
      "Compare both amounts with the order: resolve as paid, then void or refund it if it is wrong.",
      "The platform says paid, but with another amount than asked for: a tip, a surcharge, or a"
          + " mistake. Money has moved. If the amount is right for the shop, resolve as paid: the"
          + " callers get the platform's own answer. If it is wrong, let the shop void it (a void"
          + " passes while it is here); when the platform says that it is void, resolve as not paid."),
  CONTRADICTED(
      "answered-unpaid-and-paid",
      "Answered unpaid, and paid",
      "The shop was answered \"not paid\", the platform says paid: give the money back or deliver.",
      "The callers were answered \"not paid\", and that stands. Since then the platform reports"
          + " that the money moved. Tell the shop: either the goods are delivered after all, or the"
          + " payment is refunded at the platform (its transactionId is below). Then resolve it, with a"
          + " note: as paid, and its order stays paid; or as not paid, by force, and its order may be"
          + " paid anew. Report it to us, too: a final status of the platform changed."),
  CONTESTED(
      "paid-and-something-is-odd",
      "Paid, and something is odd",
      "It is paid, and another payment of its order may be, too: look up the order.",
      "The payment is paid. But another payment of its order is paid or under way, or its callers"
          + " were answered \"refused for now\" and may have paid in another way. Look the order up: its"
          + " payments are listed. If one is too much, let the shop void or refund it. Then take it"
          + " off the list with a note."),
  UNREADABLE(
      "a-record-cannot-be-read",
      "A record cannot be read",
      "Look whether ledger.formerKeys lacks a key, or a newer version wrote it; only then end it.",
      "The record was sealed with another key, was written by a newer version, or is damaged. If the"
          + " key was changed, put the old one into `ledger.formerKeys` and roll out: the record can"
          + " be read again. If a newer version wrote it, its pods work on it. Its order stays taken"
          + " until then. If neither helps, resolve it by force, with the application (appId) that"
          + " it was sent under: the platform is asked first under every id it can have had, and not"
          + " before ten minutes have passed since it was noticed. A payment that had ended is"
          + " resolved as it ended, without force."),
  ELSEWHERE(
      "another-platform-was-sent-it",
      "Another platform was sent it",
      "Only pods of that platform (upstream.name) can ask about it: start one, or ask their support.",
      "The record names another platform than this pod works for, or after a `/` one of `accounts`"
          + " that this pod does not have. Nothing is asked or sent here. Run a pod with that"
          + " `upstream.name`, account and keys until its payments have ended."),
  FORGOTTEN(
      "a-record-is-gone",
      "A record is gone",
      "If it still holds its order, an operator frees it: the platform is asked first.",
      "The record has expired, or Redis has lost it. What is left says how it ended, or only that it"
          + " was there. An order that it still holds is freed by a repeat of the same request, or by"
          + " an operator: look the order up, and resolve its payment by force, with the application"
          + " (appId) that it was sent under. The platform is asked first under every id it can have"
          + " had, and not before ten minutes have passed since it was noticed. Where the"
          + " ledger has seen more than one platform, name the one it was sent to (`platform`).");

  private final String anchor;
  private final String title;
  private final String step;
  private final String paragraph;

  Runbook(String anchor, String title, String step, String paragraph) {
    this.anchor = anchor;
    this.title = title;
    this.step = step;
    this.paragraph = paragraph;
  }

  String anchor() {
    return anchor;
  }

  String title() {
    return title;
  }

  /** In one sentence. */
  String step() {
    return step;
  }

  String paragraph() {
    return paragraph;
  }

  /** The paragraph for a payment as it stands. */
  static Runbook of(Dossier dossier) {
    Payment payment = dossier.payment();
    boolean asked = dossier.attentionSinceMillis() > 0;
    if (dossier.unreadable() != null) {
      return UNREADABLE;
    }
    if (payment == null && asked && dossier.left().moved() != null) {
      return CONTRADICTED;
    }
    if (payment == null) {
      return asked || dossier.tombstone() == null ? FORGOTTEN : NOTHING;
    }
    if (payment.isEnded()) {
      return asked ? ended(payment.outcome()) : NOTHING;
    }
    if (payment.isStrange()) {
      return ELSEWHERE;
    }
    if (payment.otherAmount() != null) {
      return OTHER_AMOUNT;
    }
    return switch (payment.stage().name()) {
      case ATTENTION -> ASK_SUPPORT;
      case OPEN -> asked ? ASK_SUPPORT : CUSTOMER;
      case SENDING, HELD, IN_DOUBT -> asked ? ASK_SUPPORT : WAIT;
    };
  }

  private static Runbook ended(Outcome outcome) {
    return outcome == Outcome.PAID ? CONTESTED : CONTRADICTED;
  }
}
