package io.payonce.codes;

import io.payonce.model.Amount;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Operation;
import io.payonce.model.TransactionStatus;

/** Turns an exchange with the platform into the one word that the recovery machine understands. */
public final class Classification {
  private Classification() {}

  /**
   * Whose transaction the answer must be about.
   *
   * @param platformId the id the send or question was sent under
   * @param referenceOrderId null when the operation names none, or by another member
   */
  public record Expected(
      Operation operation, String platformId, String referenceOrderId, Amount amount) {
    public Expected {
      referenceOrderId = operation.showsOrder() ? referenceOrderId : null;
    }
  }

  /** What the answer to a send says of that send. */
  public static Report ofSend(Answer answer, Expected expected) {
    if (answer instanceof Answer.Unsent) {
      return Report.UNSENT;
    }
    if (!(answer instanceof Answer.Spoken spoken)) {
      return Report.UNKNOWN;
    }
    Code code = Code.of(spoken.envelope().code());
    if (code.dependsOnOriginal() && expected.operation().follows()) {
      return Report.REFUSED_FOR_NOW;
    }
    return code == Code.OK ? accepted(spoken.envelope(), expected) : code.ofThatSend();
  }

  /** Whether this says of this very payment that it is taken and has not ended. */
  public static boolean isAcceptance(Envelope envelope, Expected expected) {
    if (Code.of(envelope.code()) != Code.OK) {
      return false;
    }
    Report report = accepted(envelope, expected);
    return report == Report.INITIAL || report == Report.PROCESSING;
  }

  /** What the answer to a confirm says of the payment; a confirm that failed says nothing. */
  public static Report ofConfirm(Answer answer, Expected expected) {
    if (!(answer instanceof Answer.Spoken spoken)) {
      return Report.UNKNOWN;
    }
    return switch (Code.of(spoken.envelope().code())) {
      case OK -> shown(spoken.envelope(), expected);
      case C12 -> Report.NOT_FOUND;
      default -> Report.UNKNOWN;
    };
  }

  /**
   * What a notification of the platform's says of the payment. It answers no question, so it must
   * name the id by itself; and a sum that differs, of which it does not say what it is of, had
   * better be asked about.
   */
  public static Report ofNotification(Answer.Spoken said, Expected expected) {
    Envelope envelope = said.envelope();
    if (envelope.transactionRequestId() == null) {
      return Report.UNKNOWN;
    }
    Report report = ofConfirm(said, expected);
    return report == Report.OTHER_AMOUNT && envelope.amount().isSumOnly() ? Report.UNKNOWN : report;
  }

  private static Report accepted(Envelope envelope, Expected expected) {
    if (!isOurs(envelope, expected)) {
      return movedOtherwise(envelope, expected) && namesOurs(envelope, expected)
          ? Report.OTHER_AMOUNT
          : Report.UNKNOWN;
    }
    Report report = envelope.status() == null ? ofNoStatus(expected) : ofStatus(envelope);
    boolean open = report == Report.INITIAL || report == Report.PROCESSING;
    return open && !canBeAskedAbout(expected.operation()) ? Report.DONE : report;
  }

  private static Report ofNoStatus(Expected expected) {
    return expected.operation().statusless() == Operation.Statusless.DONE
        ? Report.DONE
        : Report.INITIAL;
  }

  /** Without an id that the platform knows, no query could ever show more than the answer says. */
  private static boolean canBeAskedAbout(Operation operation) {
    return operation.identity() == Operation.Identity.CALLERS;
  }

  private static Report shown(Envelope envelope, Expected expected) {
    // An answer that names another id answers another question.
    if (envelope.status() == null
        || !agrees(envelope.transactionRequestId(), expected.platformId())) {
      return Report.UNKNOWN;
    }
    if (isOurs(envelope, expected)) {
      return ofStatus(envelope);
    }
    if (movedOtherwise(envelope, expected)) {
      return Report.OTHER_AMOUNT;
    }
    // What is under way with another amount may still move money.
    return isNamedAsOurs(envelope, expected) && !envelope.status().isFinal()
        ? Report.UNKNOWN
        : Report.FOREIGN;
  }

  private static boolean movedOtherwise(Envelope envelope, Expected expected) {
    return envelope.status() == TransactionStatus.SUCCESS
        && isNamedAsOurs(envelope, expected)
        && !envelope.amount().agreesWith(expected.amount());
  }

  /**
   * It answers no question of ours, so one that does not say whose it is may be another's; a sum of
   * which it does not say what it is of, had better be asked about.
   */
  private static boolean namesOurs(Envelope envelope, Expected expected) {
    return envelope.transactionRequestId() != null
        && expected.platformId() != null
        && !envelope.amount().isSumOnly();
  }

  private static Report ofStatus(Envelope envelope) {
    TransactionStatus status = envelope.status();
    return switch (status) {
      case SUCCESS -> Report.PAID;
      case FAIL -> envelope.hasDeclineCode() ? Report.DECLINED : Report.FAILED;
      case CLOSED -> Report.CLOSED;
      case INITIAL -> Report.INITIAL;
      case PROCESSING -> Report.PROCESSING;
      case UNREADABLE -> Report.UNKNOWN;
    };
  }

  /** Silence on a point is agreement: several answers leave fields out. */
  static boolean isOurs(Envelope envelope, Expected expected) {
    return isNamedAsOurs(envelope, expected) && envelope.amount().agreesWith(expected.amount());
  }

  private static boolean isNamedAsOurs(Envelope envelope, Expected expected) {
    return agrees(envelope.transactionRequestId(), expected.platformId())
        && agrees(envelope.referenceOrderId(), expected.referenceOrderId());
  }

  private static boolean agrees(String said, String expected) {
    return said == null || expected == null || said.equals(expected);
  }
}
