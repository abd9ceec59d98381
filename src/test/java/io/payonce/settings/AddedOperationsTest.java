package io.payonce.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.model.AddedOperation;
import io.payonce.model.Operation.Doubt;
import io.payonce.settings.Loaded.Faulty;
import io.payonce.settings.source.ConfigFault;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The calls that an operator describes, and every description that is none. */
class AddedOperationsTest {
  private static Loaded load(String list) {
    return Settings.load(Optional.empty(), Map.of("PAYONCE_OPERATIONS", list), Profile.SANDBOX);
  }

  private static List<ConfigFault> faults(String list) {
    return ((Faulty) load(list)).faults();
  }

  @Test
  void each_section_is_a_call() {
    assertThat(load("[{path: /v1/wallet/charge, order: referenceOrderId, doubt: confirm,"
                + " required: [walletId, amount.orderAmount]},"
                + "{path: /v1/wallet/refund, order: original, id: payoutId, doubt: never},"
                + "{path: /v1/wallet/top-up, order: none, doubt: repeat}]")
            .orThrow()
            .operations())
        .containsExactly(
            new AddedOperation(
                "charge",
                "/v1/wallet/charge",
                "referenceOrderId",
                "transactionRequestId",
                Doubt.CONFIRM,
                List.of("walletId", "amount.orderAmount")),
            new AddedOperation(
                "wallet-refund",
                "/v1/wallet/refund",
                "original",
                "payoutId",
                Doubt.ASK_ONLY,
                List.of()),
            new AddedOperation(
                "top-up",
                "/v1/wallet/top-up",
                "none",
                "transactionRequestId",
                Doubt.REPEAT_THEN_ASK,
                List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/semi-integration/transaction/sale | its operation sale",
        "/v1/checkout/Create-Session.json | its operation create-session",
        "/v1/transaction/query | its operation query",
        "/v1/settlement/batch-query | its operation batch-query",
        "/v1/new/batch-query | is a question of the platform",
        "/v1/Wallet/Query | is a question of the platform",
        "/v1 | a path below /v1/",
        "/v1/ | a path below /v1/",
        "/v1/wallet/ | a path below /v1/",
        "/v1//charge | a path below /v1/",
        "/v1/../charge | a path below /v1/",
        "/v1/wallet/charge?a=b | a path below /v1/",
        "/v1/wallet/ch%61rge | a path below /v1/",
        "/v2/wallet/charge | a path below /v1/",
        "v1/wallet/charge | a path below /v1/"
      })
  void a_path_that_is_known_or_none_is_reported(String path, String why) {
    assertThat(faults("[{path: '" + path + "', order: none, doubt: never}]"))
        .singleElement()
        .satisfies(fault -> {
          assertThat(fault.key()).isEqualTo("operations[0].path");
          assertThat(fault.value()).isEqualTo(path);
          assertThat(fault.expected()).contains(why);
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "order: merchantId | order",
        "order: amount | order",
        "order: transactionRequestId | order",
        "order: originalTransactionId | order",
        "order: a.b | order",
        "order: None | order",
        "order: ORIGINAL | order",
        "order: billNo, id: billNo | order",
        "id: none | id",
        "id: original | id",
        "id: appId | id",
        "id: 'a b' | id",
        "doubt: ask | doubt",
        "doubt: CONFIRM | doubt",
        "required: [a.b] | required",
        "required: ['a b'] | required",
        "lock: none | lock"
      })
  void a_member_with_two_meanings_or_a_strange_word_is_reported(String member, String key) {
    String others = (member.contains("order:") ? "" : "order: none, ")
        + (member.contains("doubt:") ? "" : "doubt: never, ");
    assertThat(faults("[{path: /v1/wallet/charge, " + others + member + "}]"))
        .extracting(ConfigFault::key)
        .containsExactly("operations[0]." + key);
  }

  @Test
  void nothing_that_is_about_money_is_guessed() {
    assertThat(faults("[{id: payoutId}]"))
        .extracting(ConfigFault::key)
        .containsExactlyInAnyOrder(
            "operations[0].path", "operations[0].order", "operations[0].doubt");
  }

  @Test
  void one_path_is_described_once() {
    String one = "{path: /v1/wallet/charge, order: none, doubt: never}";
    assertThat(faults("[" + one + ", " + one.replace("wallet", "Wallet") + "]"))
        .singleElement()
        .satisfies(fault -> {
          assertThat(fault.key()).isEqualTo("operations[1].path");
          assertThat(fault.expected()).contains("operations[0].path");
        });
  }

  @Test
  void there_are_not_more_than_figures_can_be_kept_of() {
    String each = "{path: /v1/wallet/n%d, order: none, doubt: never}";
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < 33; i++) {
      list.append(i == 0 ? "" : ", ").append(each.formatted(i));
    }
    assertThat(faults("[" + list + "]"))
        .extracting(ConfigFault::key)
        .containsExactly("operations[32].path");
    String many = String.join(", ", Collections.nCopies(25, "m"));
    assertThat(faults("[{path: /v1/a/b, order: none, doubt: never, required: [" + many + "]}]"))
        .extracting(ConfigFault::key)
        .containsExactly("operations[0].required");
  }
}
