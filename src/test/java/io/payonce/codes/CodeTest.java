package io.payonce.codes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.payonce.json.JsonOutput;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CodeTest {
  /** Every code that the platform's public page names, its prose (C26, C27) included. */
  private static final Set<String> ON_THE_PAGE = Set.of(
      ("0 S01 S02 S03 S04 S05 S06 S07 S08 S09 S10 S11 C01 C02 C03 C06 C08 C10 C12 C14 C15 C24"
              + " M01 M02 M04 P01 E01 E02 E03 C26 C27")
          .split(" "));

  private static final EnumSet<Report> PROVE_NOTHING_HAPPENED =
      EnumSet.of(Report.REFUSED, Report.REFUSED_FOR_NOW, Report.BUSY);

  @Test
  void no_code_has_two_rows() {
    assertThat(Stream.of(Code.values()).map(Code::text)).doesNotHaveDuplicates();
  }

  @Test
  void every_code_of_the_platforms_page_has_a_row_and_no_other_claims_to_be_on_it() {
    Set<String> marked =
        Stream.of(Code.values()).filter(Code::isOnPage).map(Code::text).collect(Collectors.toSet());
    assertThat(marked).isEqualTo(ON_THE_PAGE);
    ON_THE_PAGE.forEach(text -> assertThat(Code.of(text).text()).isEqualTo(text));
  }

  @Test
  void an_unknown_code_is_a_refusal_only_with_the_letter_of_one() {
    for (String text : List.of("C99", "C00")) {
      assertThat(Code.of(text)).as(text).isEqualTo(Code.OTHER_REFUSAL);
    }
    for (String text : List.of("S12", "M05")) {
      assertThat(Code.of(text)).as(text).isEqualTo(Code.OTHER_SETUP);
    }
    for (String text : List.of("X01", "E05", "P02", "R02", "1", "00", "s01", "other", "")) {
      assertThat(Code.of(text)).as(text).isEqualTo(Code.OTHER);
    }
    assertThat(Code.of(null)).isEqualTo(Code.OTHER);
    assertThat(Code.OTHER.ofThatSend()).isEqualTo(Report.UNKNOWN);
  }

  @Test
  void words_that_only_begin_like_a_refusal_prove_nothing() {
    List<String> words = List.of(
        "SYSTEM_ERROR",
        "SYSTEM_BUSY",
        "SUCCESS",
        "CHANNEL_TIMEOUT",
        "CLIENT_TIMEOUT",
        "MAINTENANCE",
        "S",
        "C",
        "M0",
        "C1",
        "S??",
        "C10 ",
        " C12",
        "C12\n",
        "C123",
        "C-1",
        "c12",
        "C1\u0662",
        "\uff2312",
        "S?? C?? M??");
    for (String word : words) {
      assertThat(Code.of(word)).as(word).isEqualTo(Code.OTHER);
      assertThat(Code.of(word).ofThatSend()).as(word).isEqualTo(Report.UNKNOWN);
    }
  }

  @Test
  void only_s_c_and_m_codes_prove_that_a_send_did_nothing() {
    for (Code code : Code.values()) {
      if (PROVE_NOTHING_HAPPENED.contains(code.ofThatSend())) {
        assertThat(code.text()).matches("[SCM].*");
      }
    }
    for (String text : List.of("P01", "E01", "E02", "E03", "E04", "996")) {
      assertThat(Code.of(text).ofThatSend()).as(text).isEqualTo(Report.UNKNOWN);
    }
  }

  @Test
  void codes_that_speak_of_an_earlier_send_are_asked_about() {
    assertThat(Code.C06.ofThatSend()).isEqualTo(Report.ID_IN_USE);
    assertThat(Code.C10.ofThatSend()).isEqualTo(Report.ALREADY_PAID);
  }

  @Test
  void s11_speaks_of_the_http_call_and_leaves_the_payment_in_doubt_like_e02() {
    assertThat(Code.S11.ofThatSend()).isEqualTo(Report.UNKNOWN);
    assertThat(Code.S11.does()).isEqualTo(Code.E02.does());
  }

  @Test
  void what_a_pause_cures_is_busy() {
    EnumSet<Code> busy = EnumSet.of(Code.S04, Code.C08, Code.C26, Code.C27);
    for (Code code : Code.values()) {
      assertThat(code.ofThatSend() == Report.BUSY).as(code.text()).isEqualTo(busy.contains(code));
    }
  }

  @Test
  void a_refusal_for_now_names_its_remedy() {
    for (Code code : Code.values()) {
      if (code.ofThatSend() == Report.REFUSED_FOR_NOW) {
        assertThat(code.remedy()).as(code.text()).isNotEqualTo(Remedy.NONE);
      }
    }
  }

  @Test
  void what_operators_put_right_gives_the_id_back() {
    List<String> mended =
        List.of(("M01 M02 M03 M04 M05 S01 S05 S06 S99 C03 C04 C05 C18 C19").split(" "));
    for (String text : mended) {
      assertThat(Code.of(text).ofThatSend()).as(text).isEqualTo(Report.REFUSED_FOR_NOW);
      assertThat(Code.of(text).does()).as(text).contains("the same request goes through");
    }
    for (String text : List.of("C01", "C07", "C11", "C13", "C14", "C99")) {
      assertThat(Code.of(text).ofThatSend()).as(text).isEqualTo(Report.REFUSED);
    }
  }

  @Test
  void only_what_concerns_the_house_raises_the_gauge() {
    for (String text : List.of("M01", "M03", "S01", "S06")) {
      assertThat(Code.of(text).remedy()).as(text).isEqualTo(Remedy.CALL_OPERATOR);
    }
    for (String text : List.of("C03", "C04", "C05", "C18", "C19")) {
      assertThat(Code.of(text).remedy()).as(text).isEqualTo(Remedy.BY_OTHERS);
    }
  }

  @Test
  void every_row_reads_as_a_sentence() {
    for (Code code : Code.values()) {
      for (String cell : List.of(code.meaning(), code.does(), code.yours())) {
        assertThat(cell)
            .as(code.text())
            .isNotBlank()
            .doesNotContain("|", "\n", "  ", ", else else");
        assertThat(cell.length()).as(cell).isLessThan(150);
      }
    }
  }

  @Test
  void the_json_table_is_json_with_every_code_in_order() throws IOException {
    JsonNode rows = new ObjectMapper().readTree(JsonOutput.table(CodeTable.entries()));
    assertThat(rows).hasSize(Code.values().length);
    for (Code code : Code.values()) {
      JsonNode row = rows.get(code.ordinal());
      assertThat(row.get("code").textValue()).isEqualTo(code.text());
      assertThat(row.get("payonce").textValue()).isEqualTo(code.does());
      assertThat(row.get("you").textValue()).isEqualTo(code.yours());
    }
  }

  @Test
  void every_code_is_in_the_printed_table() {
    for (Code code : Code.values()) {
      assertThat(CodeTable.text()).contains(code.text(), code.meaning(), code.does(), code.yours());
    }
  }
}
