package io.payonce.recovery;

import io.payonce.codes.Report;
import io.payonce.recovery.Resolution.Verdict;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Decides what an operator's word leads to for a payment whose record is unreadable or gone. It is
 * not known what was sent, so the platform must answer for every id that it can have had, and the
 * window must have passed since the fault was noticed. Silence is no answer here, forced or not.
 */
public record Burial(Kind kind, String because, long retryAtMillis) {
  /** Possible results. */
  public enum Kind {
    /** It ends as the operator says. */
    GRANTED,
    REFUSED,
    /** The platform has the answer, and it is "paid". */
    PLATFORM_PAID
  }

  private static final Set<Report> PAID = EnumSet.of(Report.PAID, Report.DONE, Report.OTHER_AMOUNT);

  private static final Set<Report> UNPAID =
      EnumSet.of(Report.DECLINED, Report.FAILED, Report.CLOSED);

  /** What shows that an id is unused, or another's. */
  private static final Set<Report> NOT_OURS = EnumSet.of(Report.NOT_FOUND, Report.FOREIGN);

  /**
   * Times that the decision rests on.
   *
   * @param lastSendAtMillis when it was noticed, or the last intent that can be read, whichever is
   *     later: no send left after it
   * @param mayBePage a hosted page lives on for so long after its last send; 0 where it is none
   */
  public record Times(long nowMillis, long lastSendAtMillis, long mayBePage) {
    private long windowEndsMillis() {
      return lastSendAtMillis + Window.MILLIS;
    }

    private boolean windowOver() {
      return nowMillis >= windowEndsMillis();
    }

    private boolean pageOver() {
      return nowMillis >= windowEndsMillis() + mayBePage;
    }
  }

  /**
   * Decides.
   *
   * @param shown what the platform says of each id that the payment can have had; none where it can
   *     be asked about none
   */
  public static Burial of(Verdict word, boolean forced, List<Report> shown, Times times) {
    if (shown.stream().anyMatch(PAID::contains)) {
      return new Burial(Kind.PLATFORM_PAID, "the platform says it is paid", 0);
    }
    if (!forced) {
      return refused("what is left of it does not say how it stands: only with force", 0);
    }
    if (!times.windowOver()) {
      return refused("a send may still take effect", times.windowEndsMillis());
    }
    return word == Verdict.PAID ? paid(shown) : unpaid(shown, times);
  }

  /** Whether this shows that money moved. */
  public static boolean isPaid(Report report) {
    return PAID.contains(report);
  }

  private static Burial paid(List<Report> shown) {
    return shown.stream().anyMatch(UNPAID::contains)
        ? refused("the platform's status is final and says unpaid", 0)
        : granted("an operator's word, and no final status against it");
  }

  private static Burial unpaid(List<Report> shown, Times times) {
    if (!shown.stream().allMatch(each -> UNPAID.contains(each) || NOT_OURS.contains(each))) {
      return refused("the platform does not say of every id that it is not paid", 0);
    }
    // F may be one press of many on a page that goes on.
    boolean pressed = shown.stream().anyMatch(each -> UNPAID.contains(each));
    if (pressed && !times.pageOver()) {
      return refused(
          "if it is a hosted page, it may still be paid",
          times.windowEndsMillis() + times.mayBePage());
    }
    return granted(
        shown.isEmpty()
            ? "an operator insists; it cannot be asked about"
            : "an operator's word; under no id is it paid, after every send's window");
  }

  private static Burial granted(String because) {
    return new Burial(Kind.GRANTED, because, 0);
  }

  private static Burial refused(String because, long retryAtMillis) {
    return new Burial(Kind.REFUSED, because, retryAtMillis);
  }
}
