package io.payonce.flow.port;

import io.payonce.model.Account;
import io.payonce.model.PaymentId;

/** To whom the platform reports how payments ended, and whom we may notify in its place. */
public interface ReportRoute {
  /** The platform reports to whomever each body names: bodies leave as they came. */
  ReportRoute PAST_US = new ReportRoute() {
    @Override
    public String address(PaymentId id) {
      return null;
    }

    @Override
    public boolean allows(String callersUrl) {
      return false;
    }

    @Override
    public long sinceReportMillis(Account account) {
      return Long.MAX_VALUE;
    }
  };

  /** Our own address for reports on this payment; null while they go past us. */
  String address(PaymentId id);

  /** Whether we may report to that address. */
  boolean allows(String callersUrl);

  /**
   * How long ago the platform last reported to any pod on payments of that account; the longest
   * there is when it never did.
   */
  long sinceReportMillis(Account account);
}
