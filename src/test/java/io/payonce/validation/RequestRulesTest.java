package io.payonce.validation;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.codes.Code;
import io.payonce.json.Malformed;
import io.payonce.json.RequestScan;
import io.payonce.model.Operation;
import io.payonce.model.RequestFields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RequestRulesTest {
  private static final String ORIGINAL = "originalTransactionId|originalTransactionRequestId";

  /** platform.md#calls once more, as text; "a|b" means one of them. */
  private static final Map<Operation, String> REQUIRED = Map.ofEntries(
      Map.entry(
          Operation.SALE,
          "transactionRequestId referenceOrderId amount.orderAmount amount.priceCurrency description terminalSn"),
      Map.entry(
          Operation.AUTH,
          "transactionRequestId referenceOrderId amount.orderAmount amount.priceCurrency description terminalSn"),
      Map.entry(
          Operation.FORCED_AUTH,
          "transactionRequestId referenceOrderId amount.orderAmount amount.priceCurrency description terminalSn"),
      Map.entry(
          Operation.CHECKOUT_SALE,
          "transactionRequestId referenceOrderId amount.orderAmount amount.priceCurrency description paymentMethod cardEncryptedData"),
      Map.entry(
          Operation.INCREMENTAL_AUTH,
          "transactionRequestId amount.orderAmount amount.priceCurrency description terminalSn "
              + ORIGINAL),
      Map.entry(
          Operation.POST_AUTH,
          "transactionRequestId amount.orderAmount amount.priceCurrency description terminalSn "
              + ORIGINAL),
      Map.entry(
          Operation.REFUND,
          "transactionRequestId amount.orderAmount amount.priceCurrency description terminalSn "
              + ORIGINAL + "|referenceOrderId"),
      Map.entry(Operation.CHECKOUT_REFUND, "transactionRequestId " + ORIGINAL),
      Map.entry(Operation.VOID, "transactionRequestId description terminalSn " + ORIGINAL),
      Map.entry(
          Operation.CREATE_SESSION,
          "transactionRequestId referenceOrderId amount.orderAmount amount.priceCurrency description"),
      Map.entry(Operation.BATCH_CLOSE, "transactionRequestId terminalSn channelCode"),
      Map.entry(Operation.TIP_ADJUST, "terminalSn tipAmount " + ORIGINAL),
      Map.entry(Operation.ABORT, "terminalSn description " + ORIGINAL),
      Map.entry(Operation.EXPIRE_SESSION, "sessionId"),
      Map.entry(Operation.QUERY, "transactionId|transactionRequestId"),
      Map.entry(Operation.BATCH_QUERY, "terminalSn"),
      Map.entry(Operation.BATCH_CLOSE_LIST, "terminalSn"),
      Map.entry(Operation.MERCHANT_QUERY, ""),
      Map.entry(Operation.TERMINALS_QUERY, ""));

  private static final Map<String, String> GOOD = Map.of(
      "referenceOrderId", "order-1|*_",
      "amount.orderAmount", "1000",
      "amount.priceCurrency", "USD",
      "paymentMethod", "APPLE_PAY",
      "tipAmount", "0",
      "merchantId", "M1234567890");

  @ParameterizedTest
  @MethodSource("io.payonce.model.Operation#known")
  void what_brings_one_of_each_required_field_passes(Operation operation) {
    for (List<String> names : enough(operation)) {
      assertThat(RequestRules.check(operation, with(names))).as("%s", names).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("io.payonce.model.Operation#known")
  void every_missing_field_is_named(Operation operation) {
    List<String> groups = groups(operation);
    for (int missing = 1; missing < 1 << groups.size(); missing++) {
      List<String> names = new ArrayList<>();
      List<String> lacking = new ArrayList<>();
      for (int i = 0; i < groups.size(); i++) {
        (((missing >> i) & 1) == 1 ? lacking : names).add(groups.get(i));
      }
      if (lacking.contains("paymentMethod")) {
        lacking.remove("cardEncryptedData");
      }
      assertNamed(operation, names, lacking);
    }
  }

  @Test
  void encrypted_card_data_is_asked_for_only_where_a_wallet_pays() {
    Map<String, String> values = values(groups(Operation.CHECKOUT_SALE));
    values.remove("cardEncryptedData");
    values.put("paymentMethod", "SOMETHING_NEW");
    assertThat(RequestRules.check(Operation.CHECKOUT_SALE, scanned(values))).isEmpty();
  }

  @Test
  void an_empty_text_is_missing() {
    Map<String, String> values = values(groups(Operation.SALE));
    values.put("terminalSn", "");
    values.put("appId", "");
    assertThat(RequestRules.check(Operation.SALE, scanned(values)))
        .contains(new RequestRules.Fault(Code.C01, "missing: appId, terminalSn"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "sale ! merchantId ! M/1",
        "sale ! merchantId ! M 1",
        "sale ! merchantId ! {M}",
        "sale ! merchantId ! 33",
        "query ! merchantId ! M:1",
        "sale ! appId ! 33",
        "sale ! appId ! é",
        "sale ! transactionRequestId ! a/b",
        "sale ! transactionRequestId ! a b",
        "sale ! transactionRequestId ! 65",
        "sale ! transactionRequestId ! é",
        "sale ! transactionRequestId ! a|b",
        "query ! transactionRequestId ! a*",
        "sale ! referenceOrderId ! 5",
        "sale ! referenceOrderId ! 33",
        "sale ! referenceOrderId ! order:1",
        "sale ! referenceOrderId ! order/1",
        "refund ! referenceOrderId ! order 1",
        "sale ! terminalSn ! 33",
        "sale ! amount.priceCurrency ! usd",
        "sale ! amount.priceCurrency ! USDT",
        "checkout-refund ! amount.priceCurrency ! $",
        "void ! originalTransactionId ! 65",
        "void ! originalTransactionId ! é",
        "void ! originalTransactionRequestId ! a/b",
        "abort ! originalTransactionRequestId ! 65",
        "batch-close ! channelCode ! 33",
        "batch-close-list ! channelCode ! 33",
        "query ! transactionId ! 65"
      })
  void an_ill_formed_field_is_named_and_not_quoted(Operation operation, String name, String value) {
    String text = value.matches("[0-9]+") ? "x".repeat(Integer.parseInt(value)) : value;
    Map<String, String> values = values(enough(operation).get(0));
    values.put(name, text);
    RequestRules.Fault fault = RequestRules.check(operation, scanned(values)).orElseThrow();
    assertThat(fault.code()).isEqualTo(Code.C02);
    assertThat(fault.message()).startsWith(name + " must be ").doesNotContain("; ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "sale ! merchantId ! 32",
        "sale ! appId ! 32",
        "sale ! appId ! my app",
        "sale ! transactionRequestId ! 1",
        "sale ! transactionRequestId ! 64",
        "sale ! transactionRequestId ! aZ09_-",
        "void ! transactionRequestId ! 64",
        "sale ! referenceOrderId ! 6",
        "sale ! referenceOrderId ! 32",
        "sale ! referenceOrderId ! aZ09_-|*",
        "void ! originalTransactionId ! 64",
        "void ! originalTransactionId ! a:b/c",
        "batch-close ! channelCode ! 32",
        "checkout-refund ! amount.priceCurrency ! EUR",
        "sale ! amount.orderAmount ! 0",
        "sale ! attach ! é/*",
        "sale ! originalTransactionRequestId ! a/b",
        "sale ! timeExpire ! whenever"
      })
  void what_the_platform_may_accept_passes(Operation operation, String name, String value) {
    String text = value.matches("[1-9][0-9]*") ? "x".repeat(Integer.parseInt(value)) : value;
    Map<String, String> values = values(enough(operation).get(0));
    values.put(name, text);
    assertThat(RequestRules.check(operation, scanned(values))).isEmpty();
  }

  @Test
  void all_ill_formed_fields_are_named_at_once() {
    Map<String, String> values = values(groups(Operation.SALE));
    values.put("referenceOrderId", "a");
    values.put("merchantId", "/");
    assertThat(RequestRules.check(Operation.SALE, scanned(values)))
        .contains(new RequestRules.Fault(
            Code.C02,
            "merchantId must be 1 to 32 of A-Z a-z 0-9 _ -; "
                + "referenceOrderId must be 6 to 32 of A-Z a-z 0-9 _ - | *"));
  }

  @ParameterizedTest
  @MethodSource("io.payonce.model.Operation#known")
  void an_order_is_locked_by_what_the_operation_is_about(Operation operation) {
    Map<String, String> values = new HashMap<>(Map.of(
        "referenceOrderId",
        "order-1",
        "originalTransactionId",
        "T",
        "originalTransactionRequestId",
        "R",
        "terminalSn",
        "sn",
        "channelCode",
        "ch"));
    String order = RequestRules.order(operation, scanned(values));
    switch (operation.orderKey()) {
      case REFERENCE -> assertThat(order).isEqualTo("order-1");
      case ORIGINAL, ORIGINAL_OR_REFERENCE -> {
        assertThat(order).isEqualTo("txn:T");
        values.remove("originalTransactionId");
        assertThat(RequestRules.order(operation, scanned(values))).isEqualTo("req:R");
      }
      case TERMINAL_CHANNEL -> assertThat(order).isEqualTo("batch:sn:ch");
      case NO_ORDER -> assertThat(order).isNull();
    }
  }

  @Test
  void an_unreferenced_refund_locks_its_own_order() {
    Map<String, String> values = Map.of("referenceOrderId", "order-1", "originalTransactionId", "");
    assertThat(RequestRules.order(Operation.REFUND, scanned(values))).isEqualTo("order-1");
  }

  @ParameterizedTest
  @MethodSource("io.payonce.model.Operation#known")
  void whatever_passes_has_the_names_that_the_ledger_needs(Operation operation) {
    for (List<String> names : enough(operation)) {
      RequestFields fields = with(names);
      assertThat(fields.merchantId()).isNotNull();
      if (operation.identity() == Operation.Identity.CALLERS) {
        assertThat(fields.transactionRequestId()).isNotNull();
      }
      if (operation.orderKey() != Operation.OrderKey.NO_ORDER) {
        assertThat(RequestRules.order(operation, fields)).isNotNull().doesNotContain("null");
      }
    }
  }

  private static void assertNamed(Operation operation, List<String> names, List<String> lacking) {
    RequestRules.Fault fault = RequestRules.check(operation, with(names)).orElseThrow();
    assertThat(fault.code()).isEqualTo(Code.C01);
    Set<String> said = Set.of(fault.message().substring("missing: ".length()).split(", "));
    assertThat(said)
        .isEqualTo(
            lacking.stream().map(group -> group.replace("|", " or ")).collect(Collectors.toSet()));
  }

  private static List<String> groups(Operation operation) {
    return Stream.of(("appId merchantId " + REQUIRED.get(operation)).split(" ")).toList();
  }

  /** Every smallest set of fields that is enough. */
  private static List<List<String>> enough(Operation operation) {
    List<List<String>> sets = List.of(List.of());
    for (String group : groups(operation)) {
      sets = sets.stream()
          .flatMap(set -> Stream.of(group.split("\\|"))
              .map(name -> Stream.concat(set.stream(), Stream.of(name)).toList()))
          .toList();
    }
    return sets;
  }

  private static RequestFields with(List<String> groups) {
    return scanned(values(groups));
  }

  private static Map<String, String> values(List<String> groups) {
    return groups.stream()
        .map(group -> group.split("\\|")[0])
        .collect(
            toMap(name -> name, name -> GOOD.getOrDefault(name, "x1"), (a, b) -> a, HashMap::new));
  }

  private static RequestFields scanned(Map<String, String> values) {
    String amount = members(values, true);
    String rest = members(values, false);
    String body = "{" + rest + (rest.isEmpty() ? "" : ",") + "\"amount\":{" + amount + "}}";
    try {
      return RequestScan.scan(Operation.SALE, body.getBytes(StandardCharsets.UTF_8));
    } catch (Malformed e) {
      throw new AssertionError(body, e);
    }
  }

  private static String members(Map<String, String> values, boolean ofAmount) {
    return values.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("amount.") == ofAmount)
        .map(entry ->
            "\"" + entry.getKey().replace("amount.", "") + "\":\"" + entry.getValue() + "\"")
        .collect(Collectors.joining(","));
  }
}
