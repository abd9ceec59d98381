package io.payonce.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.http.ServerTls;
import io.payonce.ledger.sealing.WebhookToken;
import io.payonce.model.Account;
import io.payonce.model.PaymentId;
import io.payonce.settings.LiveSettings;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import io.payonce.telemetry.CallObserver;
import io.payonce.telemetry.Metrics;
import io.payonce.webhook.WebhookSettings;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whose payments a message may speak of goes by the secret that it is signed with. */
@ExtendWith(VertxExtension.class)
class WebhookWiringTest {
  private static final String ACCOUNTS =
      "[{name: north, appIds: [a1], apiKey: k1, webhookSecret: of-the-north},"
          + " {name: south, merchants: [M2], apiKey: k2}]";

  private static WebhookSettings wired(Vertx vertx, Map<String, String> given) {
    Map<String, String> all = new HashMap<>(given);
    all.put("upstream.baseUrl", "http://127.0.0.1:1");
    all.put("webhook.port", "0");
    LiveSettings live = LiveSettings.constant(
        Settings.load(Optional.empty(), Map.of("PAYONCE_ACCOUNTS", ACCOUNTS), Profile.SANDBOX, all)
            .orThrow());
    AccountsWiring accounts =
        new AccountsWiring(vertx, live, new Metrics(CallObserver.OFF), 8, () -> 1);
    return new WebhookWiring(live, accounts).port(ServerTls.OFF).orElseThrow();
  }

  private static Map<String, Set<Account>> signers(WebhookSettings wired) {
    return wired.evidence().signers().get().stream()
        .collect(Collectors.toMap(
            signer -> new String(signer.secret(), StandardCharsets.UTF_8),
            WebhookSettings.Signer::accounts));
  }

  @Test
  void an_accounts_own_secret_is_of_its_payments_and_the_general_one_of_all_others(Vertx vertx) {
    assertThat(signers(wired(vertx, Map.of("webhook.secret", "of-all-others"))))
        .containsOnly(
            Map.entry("of-the-north", Set.of(new Account("north"))),
            Map.entry("of-all-others", Set.of(Account.DEFAULT, new Account("south"))));
  }

  @Test
  void a_message_is_about_the_account_of_the_app_or_merchant_that_it_names(Vertx vertx) {
    WebhookSettings.Owners owners =
        wired(vertx, Map.of("webhook.secret", "s", "notify.secret", "hush")).owners();
    assertThat(owners.named().apply("a1", "M2")).isEqualTo(new Account("north"));
    assertThat(owners.named().apply(null, "M2")).isEqualTo(new Account("south"));
    assertThat(owners.named().apply("a9", "M9")).isEqualTo(Account.DEFAULT);
    PaymentId id = new PaymentId("M1", "id-1");
    assertThat(owners.payments().apply(new WebhookToken("hush").of(id))).contains(id);
    assertThat(owners.payments().apply(new WebhookToken("another").of(id))).isEmpty();
  }
}
