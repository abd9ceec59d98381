package io.payonce.wiring;

import io.payonce.http.PortSettings;
import io.payonce.http.ServerTls;
import io.payonce.http.server.BodyBudget;
import io.payonce.http.server.FileDescriptors;
import io.payonce.ledger.sealing.WebhookToken;
import io.payonce.model.Account;
import io.payonce.model.PaymentId;
import io.payonce.settings.LiveSettings;
import io.payonce.settings.Settings;
import io.payonce.settings.source.Secret;
import io.payonce.webhook.WebhookPaths;
import io.payonce.webhook.WebhookSettings;
import io.payonce.webhook.WebhookSettings.Signer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Describes the port of the platform's notifications: who may speak there, and of whose payments.
 */
record WebhookWiring(LiveSettings live, AccountsWiring accounts) {
  /** At half, a bad line fails; at double, who drips holds a connection for longer. */
  private static final long BODY_MILLIS = 5000;

  /** Of the platform: apart from callers', which no stranger shall crowd out. */
  private static final long BODIES_BYTES = 4 << 20;

  /** Empty where it has none. */
  Optional<WebhookSettings> port(ServerTls tls) {
    Settings.Webhook webhook = live.first().webhook();
    return webhook
        .port()
        .map(port -> new WebhookSettings(
            new PortSettings(
                webhook.host(),
                port,
                tls.withoutClients(),
                new BodyBudget(BODIES_BYTES),
                BODY_MILLIS,
                FileDescriptors.ofOtherPort()),
            WebhookPaths.of(webhook.publicUrl()),
            new WebhookSettings.Evidence(
                () -> signers(live.current()), webhook.maxAgeMs(), accounts::platformTime),
            new WebhookSettings.Owners(
                this::addressed,
                accounts::of,
                account -> accounts.reports().reported(account.name()))));
  }

  /** By today's secret alone: who comes with a former one's is known by the ids that it brings. */
  private Optional<PaymentId> addressed(String token) {
    return live.current()
        .notifications()
        .secret()
        .map(secret -> new WebhookToken(secret.value()).payment(token));
  }

  /** The general secret is of all accounts that have none of their own. */
  private static List<Signer> signers(Settings now) {
    Set<Account> general = new HashSet<>(Set.of(Account.DEFAULT));
    List<Signer> all = new ArrayList<>();
    for (Settings.Account named : now.accounts()) {
      Account account = new Account(named.name());
      if (named.webhookSecret().isPresent()) {
        all.add(new Signer(bytes(named.webhookSecret()), Set.of(account)));
      } else {
        general.add(account);
      }
    }
    all.add(new Signer(bytes(now.webhook().secret()), general));
    return all;
  }

  private static byte[] bytes(Optional<Secret> secret) {
    return secret
        .map(known -> known.value().getBytes(StandardCharsets.UTF_8))
        .orElseGet(() -> new byte[0]);
  }
}
