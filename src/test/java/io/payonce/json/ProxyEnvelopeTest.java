package io.payonce.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.payonce.model.Amount;
import io.payonce.model.Envelope;
import io.payonce.model.Reply;
import io.payonce.model.TransactionStatus;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProxyEnvelopeTest {
  @Test
  void a_pending_answer_is_what_the_contract_says() {
    assertThat(text(ProxyEnvelope.pending("r1", null, "order-1", "tr")))
        .isEqualTo("{\"code\":\"0\",\"msg\":\"accepted; the outcome is not known yet, ask again\","
            + "\"data\":{\"transactionStatus\":\"P\",\"transactionRequestId\":\"r1\","
            + "\"referenceOrderId\":\"order-1\"},\"traceId\":\"tr\"}");
  }

  @Test
  void a_refusal_has_a_textual_code_and_no_data() {
    assertThat(text(ProxyEnvelope.refusal("C08", "the order is taken", "tr")))
        .isEqualTo("{\"code\":\"C08\",\"msg\":\"the order is taken\",\"traceId\":\"tr\"}");
  }

  @Test
  void what_is_not_known_is_left_out() {
    assertThat(text(ProxyEnvelope.closed("r1", null, null)))
        .startsWith("{\"code\":\"0\",\"msg\":\"not paid: ")
        .endsWith("\"data\":{\"transactionStatus\":\"C\",\"transactionRequestId\":\"r1\"}}");
  }

  @Test
  void what_was_done_and_is_no_payment_has_no_status() {
    assertThat(text(ProxyEnvelope.verdict(null, "done", "r1", null, null)))
        .isEqualTo("{\"code\":\"0\",\"msg\":\"done\",\"data\":{\"transactionRequestId\":\"r1\"}}");
  }

  @Test
  void our_own_scan_reads_every_verdict() {
    for (TransactionStatus status : TransactionStatus.values()) {
      Reply reply = ProxyEnvelope.verdict(status, "m", "r1", "order-1", "tr");
      assertThat(EnvelopeScan.scan(reply.body()))
          .isEqualTo(new Envelope("0", "tr", status, null, "r1", "order-1", null, Amount.UNSAID));
      assertThat(reply.contentType()).isEqualTo(Reply.JSON);
    }
  }

  @Test
  void any_text_is_written_so_that_any_reader_reads_it_back() throws JsonProcessingException {
    Random random = new Random(Jsons.SEED);
    for (int i = 0; i < 5_000; i++) {
      String text = random
          .ints(random.nextInt(9), 0, i % 2 == 0 ? 0x80 : 0xD800)
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
          .append("\"\\\u0000\u001f\u2028😀")
          .toString();
      JsonNode read = new ObjectMapper().readTree(text(ProxyEnvelope.refusal("C01", text, text)));
      assertThat(read.path("msg").textValue()).isEqualTo(text);
      assertThat(read.path("traceId").textValue()).isEqualTo(text);
    }
  }

  private static String text(Reply reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }
}
