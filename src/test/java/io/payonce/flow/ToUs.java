package io.payonce.flow;

import io.payonce.flow.port.ReportRoute;
import io.payonce.model.Account;
import io.payonce.model.PaymentId;

/** The platform reports to us, and all callers may be notified. */
public interface ToUs extends ReportRoute {
  @Override
  default String address(PaymentId id) {
    return "https://pay.example/" + id.requestId();
  }

  @Override
  default boolean allows(String callersUrl) {
    return true;
  }

  /** @param millis how long ago it last did */
  static ReportRoute since(long millis) {
    return new ToUs() {
      @Override
      public long sinceReportMillis(Account account) {
        return millis;
      }
    };
  }
}
