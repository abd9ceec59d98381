package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.command.OutcomesCommand;
import io.payonce.command.ReconcileCommand;
import io.payonce.ledger.journal.Journals;
import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.model.PaymentId;
import io.payonce.redis.RawRedis;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Finance's two questions, asked of what really happened: what was settled, and is it so there? */
class ReconcileIT {
  private static final String VOID = "/v1/semi-integration/transaction/void";

  private static TestPod testPod;

  @TempDir
  Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void open() {
    testPod = new TestPod();
  }

  @AfterAll
  static void close() {
    testPod.close();
  }

  private int run(Callable<Integer> command, String... words) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return new CommandLine(command)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(words);
  }

  private int reconcile(String... words) {
    return run(new ReconcileCommand(testPod.environment(), folder), words);
  }

  /** Waits until that many events are complete, and reported. */
  private void awaitOutcomes(int count) {
    TestPod.until(() -> {
      run(new OutcomesCommand(testPod.environment(), folder));
      return out.toString().lines().count() >= count;
    });
  }

  private static void voidBehindOurBack(String original) {
    Caller backOffice = new Caller(
        testPod.platform().baseUrl(),
        testPod.platform().settings().access().keys().iterator().next());
    Caller.Got done = backOffice.post(
        VOID,
        new JsonObject()
            .put("appId", "app1")
            .put("merchantId", Caller.MERCHANT)
            .put("transactionRequestId", "undo-" + original)
            .put("originalTransactionRequestId", original)
            .put("terminalSn", "T1")
            .put("description", "by the back office")
            .encode(),
        "X-Client-Request-Id",
        "back-office-" + original,
        "X-Timestamp",
        "" + System.currentTimeMillis());
    assertThat(done.isPaid()).as(done.body()).isTrue();
  }

  /** What the journal would say if it were wrong. */
  private static void tell(String id, String status, String amount) {
    PaymentId name = new PaymentId(Caller.MERCHANT, id);
    Map<String, String> fields = new TreeMap<>(Journals.sale(Caller.MERCHANT, id));
    fields.putAll(Map.of(
        "is",
        "1 1764400000000 20000 sale p order-" + id,
        "out",
        status,
        "am",
        amount,
        "ap",
        "app1"));
    List<Object> command = new ArrayList<>(List.of("XADD", LedgerKeys.of(name).outcomes(), "*"));
    fields.forEach((field, value) -> command.addAll(List.of(field, value)));
    RawRedis.ask(testPod.redis().port(), command.toArray());
  }

  private Map<String, JsonObject> differences() {
    Map<String, JsonObject> found = new TreeMap<>();
    out.toString()
        .lines()
        .filter(line -> line.startsWith("{"))
        .map(JsonObject::new)
        .forEach(each -> found.put(each.getString("transactionRequestId"), each));
    return found;
  }

  @Test
  void what_was_settled_is_what_the_platform_has_until_it_is_changed_there() {
    Caller caller = testPod.caller();
    assertThat(caller.pay(Caller.sale("order-paid", "paid")).isPaid()).isTrue();
    assertThat(caller
            .pay(Caller.sale("order-late", "late", "E02 after charge, then ok"))
            .isPaid())
        .isTrue();
    caller.pay(Caller.sale("order-declined", "declined", "decline 051"));
    caller.pay(Caller.sale("order-again", "again", "fail, then ok"));
    caller.pay(Caller.sale("order-sum", "sum"));
    awaitOutcomes(5);
    assertThat(reconcile("--rate", "1000")).as(out + " " + err).isZero();
    assertThat(out.toString())
        .isEqualTo("# 5 asked about: 5 agree, 0 differ, 0 without an answer\n");
    assertThat(run(new OutcomesCommand(testPod.environment(), folder), "--totals", "--csv"))
        .isZero();
    assertThat(out.toString()).contains("," + Caller.MERCHANT + ",USD,sale,PAID,");

    voidBehindOurBack("paid");
    tell("declined", "PAID", "1999 USD");
    tell("late", "UNPAID", "1999 USD");
    tell("sum", "PAID", "5 USD");
    tell("unheard-of", "PAID", "1999 USD");
    awaitOutcomes(9);
    assertThat(reconcile("--rate", "1000")).isEqualTo(1);
    assertThat(differences().values())
        .extracting(
            each -> each.getString("transactionRequestId") + " " + each.getString("differs"))
        .contains(
            "paid undone", "declined status", "late status", "sum amount", "unheard-of unknown");
    assertThat(out.toString()).contains("# 9 asked about: ", " differ, 0 without an answer");
  }
}
