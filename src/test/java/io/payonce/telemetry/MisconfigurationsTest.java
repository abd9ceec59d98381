package io.payonce.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.codes.Code;
import io.payonce.model.Account;
import io.payonce.model.AddedOperation;
import io.payonce.model.Operation;
import io.payonce.model.Operation.Doubt;
import java.util.List;
import org.junit.jupiter.api.Test;

class MisconfigurationsTest {
  private final Misconfigurations all = new Misconfigurations(() -> 7);

  @Test
  void another_accounts_success_proves_nothing() {
    Account north = new Account("north");
    all.platformAnswered(north, Operation.SALE, "m1", Code.S01);
    all.platformAnswered(Account.DEFAULT, Operation.SALE, "m1", Code.S01);
    all.platformAnswered(Account.DEFAULT, Operation.SALE, "m1", Code.OK);
    assertThat(all.rows()).extracting(Misconfigurations.Row::account).containsExactly("north");
    all.platformAnswered(north, Operation.SALE, "m1", Code.OK);
    assertThat(all.rows()).isEmpty();
  }

  @Test
  void one_accounts_many_cases_hide_none_of_anothers_and_none_of_its_own_key() {
    Account north = new Account("north");
    for (int i = 0; i < 1500; i++) {
      all.platformAnswered(north, Operation.SALE, "m" + i, Code.S01);
    }
    assertThat(all.count(north)).isEqualTo(1000);
    all.raise(north, Operation.SALE, "m1", Code.S10);
    assertThat(all.count(north)).isEqualTo(1001);
    all.raise(Account.DEFAULT, Operation.SALE, "m1", Code.S10);
    all.platformAnswered(Account.DEFAULT, Operation.SALE, "m1", Code.S01);
    assertThat(all.count(Account.DEFAULT)).isEqualTo(2);
  }

  @Test
  void what_is_wrong_with_an_accounts_key_is_mended_where_that_stands() {
    all.raise(Account.DEFAULT, Operation.SALE, "m1", Code.S10);
    assertThat(all.rows().get(0).you()).isEqualTo("check upstream.apiKey");
    all.remedied(Account.DEFAULT, Code.S10);
    all.raise(new Account("north"), Operation.SALE, "m1", Code.S10);
    assertThat(all.rows().get(0).you()).isEqualTo("check its apiKey under accounts");
  }

  /** Who works on a record has its operation from there. */
  @Test
  void an_operators_call_is_the_same_wherever_its_description_was_read() {
    AddedOperation added = new AddedOperation(
        "charge", "/v1/a", "none", AddedOperation.REQUEST_ID, Doubt.ASK_ONLY, List.of("x"));
    Operation recorded = Operation.read(added.operation().stored());
    all.platformAnswered(Account.DEFAULT, recorded, "m1", Code.S06);
    assertThat(all.count(Code.S06)).isEqualTo(1);
    all.platformAnswered(Account.DEFAULT, added.operation(), "m1", Code.OK);
    assertThat(all.rows()).isEmpty();
  }

  @Test
  void a_permission_is_proven_by_the_same_merchants_same_operation_alone() {
    all.platformAnswered(Account.DEFAULT, Operation.REFUND, "m1", Code.S06);
    all.platformAnswered(Account.DEFAULT, Operation.SALE, "m1", Code.OK);
    all.platformAnswered(Account.DEFAULT, Operation.REFUND, "m2", Code.OK);
    assertThat(all.count(Code.S06)).isEqualTo(1);
    all.platformAnswered(Account.DEFAULT, Operation.REFUND, "m1", Code.OK);
    assertThat(all.rows()).isEmpty();
  }

  @Test
  void an_address_is_proven_by_any_operation_of_its_merchant() {
    all.platformAnswered(Account.DEFAULT, Operation.REFUND, "m1", Code.S01);
    all.platformAnswered(Account.DEFAULT, Operation.SALE, "m2", Code.OK);
    assertThat(all.count(Code.S01)).isEqualTo(1);
    all.platformAnswered(Account.DEFAULT, Operation.SALE, "m1", Code.OK);
    assertThat(all.count(Code.S01)).isZero();
  }

  @Test
  void keys_are_proven_by_any_success_and_by_no_refusal() {
    all.raise(Account.DEFAULT, Operation.SALE, "m1", Code.S10);
    all.platformAnswered(Account.DEFAULT, Operation.SALE, "m1", Code.C14);
    assertThat(all.count(Code.S10)).isEqualTo(1);
    all.platformAnswered(Account.DEFAULT, Operation.VOID, "m2", Code.OK);
    assertThat(all.count(Code.S10)).isZero();
  }

  @Test
  void a_credential_that_cannot_be_had_is_a_matter_for_operators_until_it_is_had() {
    all.raise(Account.DEFAULT, null, null, Code.S09);
    assertThat(all.count(Code.S09)).isEqualTo(1);
    all.remedied(Account.DEFAULT, Code.S08);
    assertThat(all.count(Code.S09)).isEqualTo(1);
    all.remedied(Account.DEFAULT, Code.S09);
    assertThat(all.rows()).isEmpty();
  }

  @Test
  void each_case_is_one_row_however_often_it_is_met() {
    for (int i = 0; i < 3; i++) {
      all.platformAnswered(Account.DEFAULT, Operation.SALE, "m1", Code.M04);
      all.platformAnswered(Account.DEFAULT, Operation.SALE, "m2", Code.M04);
    }
    assertThat(all.rows())
        .extracting(Misconfigurations.Row::merchantId)
        .containsExactlyInAnyOrder("m1", "m2");
    assertThat(all.rows()).allSatisfy(row -> {
      assertThat(row.code()).isEqualTo("M04");
      assertThat(row.you()).isEqualTo(Code.M04.yours());
      assertThat(row.sinceMillis()).isEqualTo(7);
    });
  }

  @Test
  void what_is_no_matter_for_operators_raises_nothing() {
    for (Code code : new Code[] {Code.OK, Code.S04, Code.C12, Code.E02, Code.S07}) {
      all.platformAnswered(Account.DEFAULT, Operation.SALE, "m1", code);
    }
    assertThat(all.rows()).isEmpty();
  }
}
