package io.payonce.wiring;

import io.payonce.flow.port.ReportRoute;
import io.payonce.ledger.sealing.WebhookToken;
import io.payonce.model.Account;
import io.payonce.model.PaymentId;
import io.payonce.outcome.NotifyUrlGuard;
import io.payonce.settings.Settings;
import java.util.function.ToLongFunction;

/**
 * The platform reports to our own port, to an address for each payment.
 *
 * @param base what all of them begin with, without a slash at its end
 * @param sinceReport how long ago any pod was reported to, by account
 */
record OwnRoute(
    String base, WebhookToken tokens, NotifyUrlGuard guard, ToLongFunction<Account> sinceReport)
    implements ReportRoute {
  /** Past us while the settings name no address of ours: they name the rest where they name one. */
  static ReportRoute of(Settings settings, ToLongFunction<Account> sinceReport) {
    Settings.Notify callers = settings.notifications();
    return settings
        .webhook()
        .publicUrl()
        .<ReportRoute>map(url -> new OwnRoute(
            url.replaceFirst("/$", ""),
            new WebhookToken(callers.secret().orElseThrow().value()),
            new NotifyUrlGuard(callers.allowHosts()),
            sinceReport))
        .orElse(PAST_US);
  }

  @Override
  public String address(PaymentId id) {
    return base + "/" + tokens.of(id);
  }

  @Override
  public boolean allows(String callersUrl) {
    return guard.allows(callersUrl);
  }

  @Override
  public long sinceReportMillis(Account account) {
    return sinceReport.applyAsLong(account);
  }
}
