package io.payonce.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.model.Operation.Doubt;
import io.payonce.model.Operation.Identity;
import io.payonce.model.Operation.OrderKey;
import io.payonce.model.Operation.Statusless;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A call that an operator has described: what it is, how records name it, what it is called. */
class AddedOperationTest {
  private static AddedOperation added(String order, String id, Doubt doubt) {
    return new AddedOperation("charge", "/v1/wallet/charge", order, id, doubt, List.of("walletId"));
  }

  private static List<String> labels(String... paths) {
    List<AddedOperation> named = new ArrayList<>();
    for (String path : paths) {
      named.add(new AddedOperation(
          AddedOperation.labelOf(path, named), path, "none", "id", Doubt.CONFIRM, List.of()));
    }
    return named.stream().map(AddedOperation::label).toList();
  }

  static List<AddedOperation> all() {
    List<AddedOperation> all = new ArrayList<>();
    for (Doubt doubt : List.of(Doubt.CONFIRM, Doubt.REPEAT_THEN_ASK, Doubt.ASK_ONLY)) {
      for (String order : List.of("referenceOrderId", "bill-no", "original", "none")) {
        for (String id : List.of("transactionRequestId", "payout_id")) {
          all.add(added(order, id, doubt));
        }
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("all")
  void a_record_says_all_that_it_takes_to_end_it(AddedOperation added) {
    Operation operation = added.operation();
    Operation read = Operation.read(operation.stored());
    assertThat(operation.stored()).doesNotContain(" ");
    assertThat(read).isEqualTo(operation).hasSameHashCodeAs(operation);
    assertThat(read.added())
        .isEqualTo(new AddedOperation(
            added.label(),
            added.path(),
            added.orderMember(),
            added.idMember(),
            added.doubt(),
            List.of()));
    assertThat(Operation.read(operation.stored())).as("taken apart once").isSameAs(read);
  }

  @ParameterizedTest
  @MethodSource("io.payonce.model.Operation#known")
  void what_this_program_knows_is_written_by_its_name(Operation operation) {
    assertThat(operation.stored()).isEqualTo(operation.label());
    assertThat(Operation.read(operation.stored())).isSameAs(operation);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dance",
        "charge=/v1/wallet/charge;none;perhaps",
        "charge=/v2/wallet/charge;none;never",
        "charge=/v1/wallet/charge;none;never;id;more"
      })
  void nothing_else_is_an_operation(String stored) {
    assertThat(Operation.read(stored)).isNull();
  }

  @Test
  void another_description_is_another_operation() {
    Operation operation = added("none", "id", Doubt.CONFIRM).operation();
    assertThat(operation)
        .isNotEqualTo(added("none", "id", Doubt.ASK_ONLY).operation())
        .isNotEqualTo(added("original", "id", Doubt.CONFIRM).operation())
        .isNotEqualTo(Operation.SALE);
    assertThat(Operation.SALE).isNotEqualTo(operation);
  }

  @ParameterizedTest
  @CsvSource({
    "referenceOrderId, REFERENCE, true, false, true",
    "billNo, REFERENCE, true, false, false",
    "original, ORIGINAL, false, true, false",
    "none, NO_ORDER, false, false, false"
  })
  void its_order_is_paid_or_followed_or_none(
      String order, OrderKey key, boolean pays, boolean follows, boolean shows) {
    Operation operation = added(order, "transactionRequestId", Doubt.CONFIRM).operation();
    assertThat(operation.orderKey()).isEqualTo(key);
    assertThat(operation.pays()).isEqualTo(pays);
    assertThat(operation.follows()).isEqualTo(follows);
    assertThat(operation.showsOrder()).isEqualTo(shows);
    assertThat(operation.refunds()).isFalse();
    assertThat(operation.isLedgered()).isTrue();
    assertThat(operation.identity()).isEqualTo(Identity.CALLERS);
  }

  @ParameterizedTest
  @CsvSource({"CONFIRM, OPEN, true", "REPEAT_THEN_ASK, DONE, false", "ASK_ONLY, DONE, false"})
  void what_is_answered_at_once_is_not_reported_later(
      Doubt doubt, Statusless statusless, boolean reported) {
    Operation operation = added("none", "transactionRequestId", doubt).operation();
    assertThat(operation.statusless()).isEqualTo(statusless);
    assertThat(operation.isReported()).isEqualTo(reported);
    assertThat(operation.hasResult()).isEqualTo(!reported);
  }

  @Test
  void an_id_of_ours_goes_only_where_the_platform_knows_ids() {
    assertThat(added("none", "transactionRequestId", Doubt.CONFIRM).operation().isReissued())
        .isTrue();
    assertThat(added("none", "payoutId", Doubt.CONFIRM).operation().isReissued())
        .isFalse();
  }

  @Test
  void it_is_called_by_the_end_of_its_path_as_short_as_no_other_is() {
    assertThat(labels(
            "/v1/wallet/charge",
            "/v1/other/charge",
            "/v1/wallet/refund",
            "/v1/a/Pay_out.v2",
            "/v1/other",
            "/v1/x/other-charge"))
        .containsExactly(
            "charge", "other-charge", "wallet-refund", "pay-out-v2", "other-2", "x-other-charge");
  }

  @Test
  void what_is_named_otherwise_here_counts_for_what_it_is_not() {
    AddedOperation other = new AddedOperation(
        "charge",
        "/v1/wallet/charge",
        "billNo",
        "payoutId",
        Doubt.CONFIRM,
        List.of("walletId", "transactionRequestId", "billNo", "payoutId", "terminalSn"));
    assertThat(other.members()).containsExactly("walletId", "transactionRequestId");
  }

  @Test
  void two_of_them_have_numbers_of_their_own_in_tables() {
    assertThat(Operation.known()).extracting(Operation::slot).doesNotHaveDuplicates();
    assertThat(added("none", "id", Doubt.CONFIRM).operation().slot())
        .isBetween(Operation.known().size(), Operation.SLOTS - 1);
  }

  @Test
  void a_path_that_ends_as_a_question_does_is_one() {
    assertThat(Operations.isQuestion("/v1/wallet/query")).isTrue();
    assertThat(Operations.isQuestion("/v1/wallet/batch-query")).isTrue();
    assertThat(Operations.isQuestion("/v1/wallet/requery")).isFalse();
    assertThat(Operations.isQuestion("/v1/wallet/charge")).isFalse();
  }
}
