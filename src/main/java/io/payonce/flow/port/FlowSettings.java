package io.payonce.flow.port;

import io.payonce.codes.Report;
import io.payonce.model.Scope;
import io.payonce.model.SessionPolicy;
import java.util.Map;
import java.util.Set;

/**
 * Holds what the flows need of the configuration; times in milliseconds.
 *
 * @param waitBudgetMillis how long a caller is held at most; SDKs give up (platform.md#sdks)
 * @param exchangeMillis how long one exchange with the platform takes at most
 * @param reports to whom the platform reports how payments end
 * @param merchants by client, those that it may call for; who is not in it may call for all
 */
public record FlowSettings(
    long waitBudgetMillis,
    long exchangeMillis,
    Recovery recovery,
    Orders orders,
    ReportRoute reports,
    Map<String, Set<String>> merchants) {
  /** The platform reports past us, and every client may call for all merchants. */
  public FlowSettings(
      long waitBudgetMillis, long exchangeMillis, Recovery recovery, Orders orders) {
    this(waitBudgetMillis, exchangeMillis, recovery, orders, ReportRoute.PAST_US, Map.of());
  }

  /** The same, and the platform's reports go that way. */
  public FlowSettings over(ReportRoute route) {
    return new FlowSettings(waitBudgetMillis, exchangeMillis, recovery, orders, route, merchants);
  }

  /**
   * Limits of recovering a payment in doubt.
   *
   * @param firstDelayMillis first pause before a confirm or a resend
   * @param maxDelayMillis longest such pause
   * @param maxAttempts sends of one payment in all
   * @param deadlineMillis after which a payment in doubt is listed for review
   */
  public record Recovery(
      long firstDelayMillis,
      long maxDelayMillis,
      int maxAttempts,
      boolean reissue,
      boolean resendAfterWindow,
      long deadlineMillis) {}

  /**
   * Rules for the payments of an order.
   *
   * @param sessions what other payments of an order meet whose hosted page is open
   * @param pressSlackMillis how long a press under way may still pay on a page that was closed
   * @param otherAmount whether money that moved with another amount than asked for pays all the
   *     same
   * @param oneUnreferencedRefund a second refund of one order without an original is refused
   * @param scope within what order numbers and request ids are unique
   */
  public record Orders(
      SessionPolicy sessions,
      long pressSlackMillis,
      boolean otherAmount,
      boolean oneUnreferencedRefund,
      Scope scope) {
    /** As most merchants want it. */
    public static final Orders USUAL =
        new Orders(SessionPolicy.REPLACE, 5000, false, false, Scope.MERCHANT);
  }

  public long firstDelayMillis() {
    return recovery.firstDelayMillis();
  }

  public long maxDelayMillis() {
    return recovery.maxDelayMillis();
  }

  public int maxAttempts() {
    return recovery.maxAttempts();
  }

  public boolean reissue() {
    return recovery.reissue();
  }

  public boolean resendAfterWindow() {
    return recovery.resendAfterWindow();
  }

  public long deadlineMillis() {
    return recovery.deadlineMillis();
  }

  public boolean otherAmount() {
    return orders.otherAmount();
  }

  /** How a report counts where another amount may pay all the same. */
  public Report understood(Report report) {
    return report == Report.OTHER_AMOUNT && otherAmount() ? Report.PAID : report;
  }
}
