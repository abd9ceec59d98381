package io.payonce.outcome.report;

import static io.payonce.outcome.report.Entries.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.payonce.model.Amount;
import io.payonce.model.PaymentId;
import io.payonce.model.Shards;
import io.payonce.outcome.OutcomeCursor;
import io.payonce.outcome.OutcomeEntry;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events as JSON and as rows, and the names of places among them. */
class OutcomeFormsTest {
  private static final String AT = "2026-11-23T10:00:00.123Z";

  @Test
  void json_has_every_member_on_one_line() {
    assertThat(OutcomeJson.line(
            sale(AT, "r1").moving(new Amount(700L, "USD", 900L)).entry()))
        .isEqualTo("{\"version\":1,\"cursor\":\"1795428000123-3-7\","
            + "\"at\":\"2026-11-23T10:00:00.123Z\",\"kind\":\"settled\",\"merchantId\":\"M1\","
            + "\"appId\":\"app-1\",\"order\":\"ORDER-1\",\"original\":null,"
            + "\"transactionRequestId\":\"r1\",\"platformIds\":[\"r1\"],\"transactionId\":\"T1\","
            + "\"operation\":\"sale\",\"status\":\"PAID\",\"formerStatus\":null,\"amount\":1000,"
            + "\"currency\":\"USD\",\"movedAmount\":900,\"movedCurrency\":\"USD\","
            + "\"rule\":\"status S\",\"sends\":1,\"begunAt\":\"1970-01-01T00:00:00.001Z\","
            + "\"platform\":null,\"unreadable\":null}");
  }

  @Test
  void what_cannot_be_read_has_the_same_members() {
    OutcomeEntry strange = OutcomeEntry.unreadable(
        new OutcomeCursor(1, 2, 3), new PaymentId("M1", "r\n1"), "a \"field\",\nand another");
    assertThat(OutcomeJson.line(strange))
        .contains("\"cursor\":\"1-2-3\"", "\"status\":null", "\"platformIds\":[]")
        .contains("\"unreadable\":\"a \\\"field\\\",\\nand another\"")
        .doesNotContain("\n");
    assertThat(OutcomeCsv.line(strange))
        .startsWith("1,1-2-3,1970-01-01T00:00:00.001Z,,M1,,,,\"r\n1\",,")
        .endsWith(",\"a \"\"field\"\",\nand another\"");
  }

  @Test
  void a_row_has_a_cell_for_each_name() {
    assertThat(OutcomeCsv.line(sale(AT, "r1").entry()))
        .isEqualTo("1,1795428000123-3-7,2026-11-23T10:00:00.123Z,settled,M1,app-1,ORDER-1,,r1,r1,"
            + "T1,sale,PAID,,1000,USD,,,status S,1,1970-01-01T00:00:00.001Z,,");
    assertThat(OutcomeCsv.head().split(",")).hasSize(23).contains("platformIds", "unreadable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1"})
  void a_formula_is_no_formula_any_more(String order) {
    assertThat(OutcomeCsv.row("x", order)).isEqualTo("x,'" + order);
  }

  @Test
  void numbers_below_zero_stay_numbers() {
    assertThat(OutcomeCsv.row(-5L, null, "-5")).isEqualTo("-5,,'-5");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23, UTC, 2026-11-23T00:00:00Z",
    "2026-11-23, Europe/Berlin, 2026-11-22T23:00:00Z",
    "2026-11-23T10:00:00Z, Europe/Berlin, 2026-11-23T10:00:00Z",
    "2026-11-23T10:00+01:00, UTC, 2026-11-23T09:00:00Z",
    "2026-11-23T10:00:00.5, Europe/Berlin, 2026-11-23T09:00:00.5Z",
    "1795428000123, UTC, 2026-11-23T10:00:00.123Z"
  })
  void times_name_the_place_before_them(String text, String zone, String time) {
    OutcomeCursor place = OutcomeSince.parse(text, ZoneId.of(zone));
    long millis = Instant.parse(time).toEpochMilli();
    assertThat(place).isGreaterThan(new OutcomeCursor(millis - 1, 255, 7));
    assertThat(place).isLessThan(new OutcomeCursor(millis, 0, 0));
  }

  @Test
  void cursors_name_themselves() {
    OutcomeCursor cursor = new OutcomeCursor(1795428000123L, 255, -1);
    assertThat(cursor).hasToString("1795428000123-255-18446744073709551615");
    assertThat(OutcomeSince.parse(cursor.toString(), ZoneOffset.UTC)).isEqualTo(cursor);
    assertThat(OutcomeSince.parse("0", ZoneOffset.UTC)).isEqualTo(OutcomeCursor.START);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026",
        "20261123",
        "2026-11-31",
        "2026-11-23T25:00:00Z",
        "+999999999-12-31T23:59:59Z",
        "-999999999-01-01T00:00",
        "1-256-0",
        "1-2",
        "1-2-99999999999999999999",
        "-5",
        "1795428000",
        "99999999999999999999",
        "1-2-3-4"
      })
  void whatever_else_is_refused_with_what_is_expected(String text) {
    assertThatThrownBy(() -> OutcomeSince.parse(text, ZoneOffset.UTC))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2026-11-29T08:00:00Z")
        .hasMessageEndingWith("not \"" + text + "\"");
  }

  @Test
  void a_shard_is_read_on_from_where_the_others_stand() {
    OutcomeCursor cursor = new OutcomeCursor(50, 7, 3);
    assertThat(cursor.firstIdAfter(6)).isEqualTo("51-0");
    assertThat(cursor.firstIdAfter(7)).isEqualTo("50-4");
    assertThat(cursor.firstIdAfter(8)).isEqualTo("50-0");
    assertThat(new OutcomeCursor(50, 7, -1).firstIdAfter(7)).isEqualTo("51-0");
    assertThat(OutcomeCursor.before(50).firstIdAfter(Shards.COUNT - 1)).isEqualTo("50-0");
    assertThat(OutcomeCursor.START.firstIdAfter(0)).isEqualTo("0-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"600 USD", "600", "1000 USD, 600 in all", "USD, 600 in all", "600 in all"})
  void an_amount_is_read_as_it_was_written(String text) {
    assertThat(Amount.read(text)).hasToString(text);
  }
}
