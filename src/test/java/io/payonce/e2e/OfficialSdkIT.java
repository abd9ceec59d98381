package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.payonce.sandbox.bank.Charge;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A checkout service on the platform's official SDK for Node, by its {@code baseUrl} alone made a
 * caller of Payonce. Skipped where there is no node or no registry to install the SDK from.
 */
class OfficialSdkIT {
  private static final Map<String, JsonObject> SAID = new LinkedHashMap<>();
  private static TestPod testPod;
  private static String out;

  @BeforeAll
  static void run_the_checkout() throws Exception {
    SAID.clear(); // of a former run
    Command.Done installed = NodeSdk.install();
    assumeTrue(installed.well(), "skipped: " + installed.out());
    testPod = new TestPod(Map.of("upstream.requestTimeoutMs", "5000", "recovery.leaseMs", "9000"));
    String base = testPod.caller().base();
    Command.Done done = Command.run(NodeSdk.PLACE, "node", "checkout.mjs", base, TestPod.KEY);
    out = done.out();
    assertThat(done.well()).as(out).isTrue();
    out.lines()
        .filter(line -> line.startsWith("{\"call\""))
        .map(JsonObject::new)
        .forEach(line ->
            SAID.merge(line.getString("call"), line, (one, other) -> one.put("other", other)));
  }

  @AfterAll
  static void close() {
    if (testPod != null) {
      testPod.close();
    }
  }

  @Test
  void payments_and_what_follows_on_them_work() {
    paid("sale");
    paid("direct payment");
    paid("query");
    paid("query by transactionId");
    paid("query direct payment");
    paid("refund");
    paid("online refund");
    paid("sale to void");
    paid("void");
    paid("auth");
    paid("incremental auth");
    paid("post auth");
    accepted("tip adjust");
    assertThat(accepted("session").getString("checkoutUrl")).startsWith("http");
    assertThat(accepted("session again").getString("checkoutUrl"))
        .isEqualTo(accepted("session").getString("checkoutUrl"));
    assertThat(accepted("batch query").getInteger("batches")).isPositive();
    accepted("merchant query");
    charged("order-sale", "SALE 1999", "REFUND 999");
    charged("order-direct", "SALE 1999", "REFUND 500");
    charged("order-void", "SALE 1999", "VOID 1999");
    charged("order-auth", "AUTH 1999", "INCREMENTAL 500", "POST_AUTH 1999");
    charged("order-tipped", "SALE 1999", "TIP_ADJUST 200");
  }

  @Test
  void an_open_payment_can_be_aborted() {
    assertThat(accepted("sale at a terminal").getString("status")).isEqualTo("I");
    assertThat(accepted("abort").getString("status")).isEqualTo("C");
    List<String> answered = SAID.values().stream()
        .filter(line -> line.getString("call").startsWith("query aborted"))
        .map(line -> line.getString("status"))
        .toList();
    assertThat(answered).containsOnlyOnce("C").endsWith("C").isSubsetOf("I", "P", "C");
    charged("order-slow");
  }

  @Test
  void a_repeat_gets_the_first_answer_and_a_rival_is_refused() {
    assertThat(said("sale again").copy().put("call", "sale")).isEqualTo(said("sale"));
    refused("another payment of the order", "C10");
    refused("same id, other amount", "C06");
    JsonObject race = said("race");
    List<JsonObject> both = List.of(race, race.getJsonObject("other"));
    assertThat(both).filteredOn(one -> "S".equals(one.getString("status"))).hasSize(1);
    assertThat(both).filteredOn(one -> "C08".equals(one.getString("code"))).hasSize(1);
    charged("order-race", "SALE 1999");
  }

  @Test
  void faults_reach_the_caller_as_the_codes_it_knows() {
    refused("refund of more than is left", "C15");
    assertThat(refused("nothing given", "C01").getString("message")).contains("referenceOrderId");
    refused("wrong key", "S10");
    refused("query of nothing", "C12");
    JsonObject decline = accepted("decline");
    assertThat(decline.getString("status")).isEqualTo("F");
    charged("order-wrong-key");
    charged("order-decline");
  }

  @Test
  void what_was_in_doubt_is_answered_with_the_truth() {
    paid("E02 after charge");
    paid("channel timeout");
    assertThat(paid("failed, then under a reissued id").getString("id")).isEqualTo("pay-again");
    assertThat(paid("query of a reissued id").getString("id")).isEqualTo("pay-again");
    charged("order-doubt", "SALE 1999");
    charged("order-timeout", "SALE 7629");
    charged("order-again", "SALE 1999");
  }

  private static JsonObject said(String call) {
    assertThat(SAID).as(out).containsKey(call);
    return SAID.get(call);
  }

  private static JsonObject accepted(String call) {
    assertThat(said(call).getString("code")).as("%s", said(call)).isEqualTo("0");
    return said(call);
  }

  private static JsonObject paid(String call) {
    assertThat(accepted(call).getString("status")).as("%s", said(call)).isEqualTo("S");
    return said(call);
  }

  private static JsonObject refused(String call, String code) {
    JsonObject line = said(call);
    assertThat(line.getString("error")).as("%s", line).isEqualTo("SunbayBusinessError");
    assertThat(line.getString("code")).as("%s", line).isEqualTo(code);
    assertThat(line.getString("traceId")).isNotBlank();
    return line;
  }

  private static void charged(String order, String... charges) {
    assertThat(testPod.platform().charges().of(Caller.MERCHANT, order))
        .extracting(OfficialSdkIT::text)
        .containsExactly(charges);
  }

  private static String text(Charge charge) {
    return charge.type() + " " + charge.amount();
  }
}
