package io.payonce.outcome.report;

import io.payonce.codes.Classification;
import io.payonce.codes.Report;
import io.payonce.json.RelatedScan;
import io.payonce.ledger.Outcome;
import io.payonce.model.Amount;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Operation;
import io.payonce.outcome.OutcomeEntry;
import io.payonce.outcome.OutcomeEntry.Facts;

/**
 * Holds an outcome against the platform's answer to a question about it. What the platform does not
 * show cannot have moved money; so only what it does show, or lacks although we said paid, differs.
 */
public final class PlatformComparison {
  private PlatformComparison() {}

  /** In what the two differ. The words are published. */
  public enum Difference {
    /** One says paid, the other does not. */
    STATUS("status"),
    AMOUNT("amount"),
    /** We say paid, and the platform knows no such transaction. */
    UNKNOWN("unknown"),
    /** We say paid, and under this id the platform has a transaction of another order. */
    FOREIGN("foreign"),
    /** It was voided or refunded, and the journal has nothing of that. */
    UNDONE("undone");

    private final String word;

    Difference(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /**
   * The result of a comparison.
   *
   * @param isAnswered false when the answer says nothing of how it stands
   * @param difference null when there is none
   * @param says what the platform says, in its own words
   * @param beyond what moved above the sum in the journal, a tip for instance; minor units
   */
  public record Verdict(
      boolean isAnswered, Difference difference, PlatformSays says, long beyond) {}

  /** The platform's words; null where it has none. */
  public record PlatformSays(String code, String status, Amount amount, String related) {
    static PlatformSays of(Answer.Spoken answer) {
      Envelope envelope = answer.envelope();
      return new PlatformSays(
          envelope.code(),
          envelope.status() == null ? null : String.valueOf(envelope.status().letter()),
          envelope.amount(),
          RelatedScan.scan(answer.reply().body()));
    }
  }

  /**
   * Compares.
   *
   * @param platformId the question was about
   * @param counts whether the payment ended under this id; under others it must not have been paid
   * @param isUndoneByUs the journal has a void or a refund of it
   */
  public static Verdict compare(
      OutcomeEntry entry, String platformId, boolean counts, boolean isUndoneByUs, Answer answer) {
    Facts facts = entry.facts();
    Report report = Classification.ofConfirm(
        answer,
        new Classification.Expected(
            operation(facts), platformId, facts.names().order(), facts.money().asked()));
    if (report == Report.UNKNOWN || !(answer instanceof Answer.Spoken spoken)) {
      return new Verdict(false, null, null, 0);
    }
    PlatformSays says = PlatformSays.of(spoken);
    boolean paid = counts && facts.outcome() == Outcome.PAID;
    Difference difference = paid ? ofPaid(report, facts, says, isUndoneByUs) : ofUnpaid(report);
    return new Verdict(
        true, difference, says, paid && difference == null ? beyond(facts, says.amount()) : 0);
  }

  private static Operation operation(Facts facts) {
    return facts.operation() == null ? Operation.SALE : facts.operation();
  }

  private static Difference ofPaid(
      Report report, Facts facts, PlatformSays says, boolean isUndoneByUs) {
    return switch (report) {
      case PAID, DONE ->
        facts.money().moved() != null && !isSame(facts, says.amount())
            ? Difference.AMOUNT
            : undone(says, isUndoneByUs);
      case OTHER_AMOUNT ->
        isSame(facts, says.amount()) ? undone(says, isUndoneByUs) : Difference.AMOUNT;
      case NOT_FOUND -> Difference.UNKNOWN;
      case FOREIGN -> Difference.FOREIGN;
      case DECLINED,
          FAILED,
          CLOSED,
          INITIAL,
          PROCESSING,
          REFUSED,
          BUSY,
          REMEDIED,
          REFUSED_FOR_NOW,
          ID_IN_USE,
          ALREADY_PAID,
          UNSENT,
          UNKNOWN -> Difference.STATUS;
    };
  }

  private static Difference ofUnpaid(Report report) {
    return report.isStatus() && !report.isUnpaid() ? Difference.STATUS : null;
  }

  private static Difference undone(PlatformSays says, boolean isUndoneByUs) {
    return RelatedScan.isNothingLeft(says.related()) && !isUndoneByUs ? Difference.UNDONE : null;
  }

  /** Whether what moved is what the journal says that moved. */
  private static boolean isSame(Facts facts, Amount said) {
    Long moved = inAll(said);
    boolean sameCurrency = said.currency() == null
        || facts.money().currency() == null
        || said.currency().equals(facts.money().currency());
    return sameCurrency && (moved == null || facts.sum() == null || moved.equals(facts.sum()));
  }

  private static Long inAll(Amount said) {
    return said.transAmount() == null ? said.orderAmount() : said.transAmount();
  }

  private static long beyond(Facts facts, Amount said) {
    Long moved = inAll(said);
    return moved == null || facts.sum() == null ? 0 : Math.max(0, moved - facts.sum());
  }
}
