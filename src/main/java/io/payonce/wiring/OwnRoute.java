package io.payonce.wiring;

import io.payonce.flow.port.ReportRoute;
import io.payonce.ledger.sealing.WebhookToken;
import io.payonce.model.PaymentId;
import io.payonce.outcome.NotifyUrlGuard;
import io.payonce.settings.Settings;
import java.util.Optional;
import java.util.function.Function;

/**
 * The platform reports to our own port, to an address for each payment.
 *
 * @param base what all of them begin with, without a slash at its end
 */
record OwnRoute(String base, WebhookToken tokens, NotifyUrlGuard guard) implements ReportRoute {
  /** Past us while the settings name no address of ours: they name the rest where they name one. */
  static ReportRoute of(Settings settings) {
    Settings.Notify callers = settings.notifications();
    return settings
        .webhook()
        .publicUrl()
        .<ReportRoute>map(url -> new OwnRoute(
            url.replaceFirst("/$", ""),
            new WebhookToken(callers.secret().orElseThrow().value()),
            new NotifyUrlGuard(callers.allowHosts())))
        .orElse(PAST_US);
  }

  /**
   * Whose address ends so; of none where the settings name no secret that it could be made with.
   */
  static Function<String, Optional<PaymentId>> payments(Settings settings) {
    Optional<WebhookToken> tokens =
        settings.notifications().secret().map(secret -> new WebhookToken(secret.value()));
    return token -> tokens.map(made -> made.payment(token));
  }

  @Override
  public String address(PaymentId id) {
    return base + "/" + tokens.of(id);
  }

  @Override
  public boolean allows(String callersUrl) {
    return guard.allows(callersUrl);
  }
}
