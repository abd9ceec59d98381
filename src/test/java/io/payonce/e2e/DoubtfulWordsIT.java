package io.payonce.e2e;

import static io.payonce.e2e.Scripted.code;
import static io.payonce.e2e.Scripted.interim;
import static io.payonce.e2e.Scripted.says;
import static io.payonce.e2e.Scripted.silence;
import static io.payonce.e2e.Scripted.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.Caller.Got;
import io.payonce.e2e.Scripted.Line;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A platform over raw sockets whose words prove nothing: heads before the answer, codes that are
 * none, a call's id used up, questions it cannot answer. No payment takes another's answer, is sent
 * twice for it, or stands in the way of others.
 */
class DoubtfulWordsIT {
  private static final String OTHER_MERCHANT = "M0000000002";
  private static final String HANGING_MERCHANT = "M0000000003";
  private static final String NAMELESS_PAID =
      "{\"code\":\"0\",\"data\":{\"transactionStatus\":\"S\"}}";

  /** More than there are event loops: some leave where the one before has just left. */
  private static final int BEHIND = 8;

  private static Scripted platform;
  private static TestPod testPod;

  @BeforeAll
  static void open() {
    platform = new Scripted();
    testPod = new TestPod(
        Map.of("upstream.baseUrl", platform.url(), "upstream.requestTimeoutMs", "2000"));
    platform.sends("first", paid("first"));
    TestPod.until(() -> pay("first").join().isPaid());
  }

  @AfterAll
  static void close() {
    testPod.close();
    platform.close();
  }

  private static String order(String id) {
    return "order-" + id;
  }

  private static Line paid(String id) {
    return says(status("S", id, order(id))).charging();
  }

  private static CompletableFuture<Got> pay(String id) {
    return pay(id, order(id), Caller.MERCHANT);
  }

  private static CompletableFuture<Got> payInDoubt(String id, String merchant) {
    return pay(id, order(id), merchant, "Prefer", "wait=1");
  }

  private static CompletableFuture<Got> pay(
      String id, String order, String merchant, String... headers) {
    String sale = Caller.sale(order, id).put("merchantId", merchant).encode();
    return testPod.caller().postAsync(Caller.SALE, sale, headers);
  }

  /** Under another id. */
  private static String codeOfSecond(String id) {
    return pay(id + "-second", order(id), Caller.MERCHANT).join().code();
  }

  private static List<String> names(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + "-" + i).toList();
  }

  private static void untilEachIsAsked(int times, List<String> ids) {
    List<Integer> enough = ids.stream().map(id -> platform.asked(id) + times).toList();
    for (int i = 0; i < ids.size(); i++) {
      String id = ids.get(i);
      int least = enough.get(i);
      TestPod.until(() -> platform.asked(id) >= least);
    }
  }

  /** What is in doubt and was charged ends as paid, and was never sent again. */
  private static void endPaid(List<String> ids, String merchant) {
    ids.forEach(id -> platform.questions(id, status("S", id, order(id))));
    ids.forEach(id -> {
      TestPod.until(() -> pay(id, order(id), merchant).join().isPaid());
      isChargedOnce(id);
      assertThat(platform.sends(id)).hasSize(1);
    });
  }

  private static void isChargedOnce(String id) {
    assertThat(platform.charged(order(id))).containsExactly(id);
  }

  @Test
  void no_sale_gets_the_late_answer_of_the_one_before() {
    for (int head : new int[] {102, 104}) {
      String first = "head-" + head;
      platform.sends(first, interim(head, code("C14")), paid(first));
      platform.questions(first, code("E01"));
      CompletableFuture<Got> answered = payInDoubt(first, Caller.MERCHANT);
      TestPod.until(() -> platform.sends(first).size() == 1);
      List<String> behind = names("behind-" + head, BEHIND);
      behind.forEach(id -> platform.sends(id, paid(id)));
      List<CompletableFuture<Got>> all =
          behind.stream().map(DoubtfulWordsIT::pay).toList();
      assertThat(all).allMatch(got -> got.join().isPaid());
      behind.forEach(DoubtfulWordsIT::isChargedOnce);
      assertThat(codeOfSecond(behind.get(0))).isEqualTo("C10");

      assertThat(answered.join().outcome()).isEqualTo("P");
      assertThat(codeOfSecond(first)).isEqualTo("C08");
      platform.questions(first, code("C12"));
      TestPod.until(() -> pay(first).join().isPaid());
      isChargedOnce(first);
    }
  }

  @Test
  void no_question_gets_the_late_answer_of_the_one_before() {
    List<String> mixed = names("mixed", 4);
    List<String> asked = names("asked", 4);
    List<String> all = Stream.concat(mixed.stream(), asked.stream()).toList();
    inDoubt(all);
    untilEachIsAsked(1, all);
    // Who takes another's "not found" sends again; who takes another's "S" answers "paid".
    for (String late : List.of(code("C12"), NAMELESS_PAID)) {
      mixed.forEach(id -> platform.questions(id, interim(102, late)));
      List<CompletableFuture<Got>> answered = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        all.forEach(id -> answered.add(query(id)));
      }
      assertThat(answered).allSatisfy(got -> assertThat(got.join().outcome()).isEqualTo("P"));
      untilEachIsAsked(1, all);
    }
    assertThat(asked).noneMatch(id -> "SETTLED".equals(testPod.operator().state(id)));
    endPaid(all, Caller.MERCHANT);
  }

  @Test
  void a_word_that_only_looks_like_a_refusal_leaves_the_payment_in_doubt() {
    Map<String, Line> words = new LinkedHashMap<>();
    for (String word : List.of("SYSTEM_ERROR", "CHANNEL_TIMEOUT", "S", "C10 ")) {
      words.put("word-" + words.size(), says(code(word)).charging());
    }
    for (int status : new int[] {408, 499}) {
      words.put("word-" + words.size(), says(status, code("CLIENT_TIMEOUT")).charging());
    }
    words.keySet().forEach(id -> platform.questions(id, code("E01")));
    words.forEach(platform::sends);
    Map<String, CompletableFuture<Got>> answered = new LinkedHashMap<>();
    words.keySet().forEach(id -> answered.put(id, payInDoubt(id, Caller.MERCHANT)));
    answered.forEach((id, got) -> {
      assertThat(got.join().outcome()).as(got.join().body()).isEqualTo("P");
      assertThat(codeOfSecond(id)).isEqualTo("C08");
    });
    endPaid(List.copyOf(words.keySet()), Caller.MERCHANT);
  }

  @Test
  void what_was_refused_for_the_id_of_its_call_is_asked_about_and_sent_under_a_fresh_one() {
    platform.sends("s11", says(code("S11")), paid("s11"));
    TestPod.until(() -> pay("s11").join().isPaid());
    assertThat(platform.asked("s11")).isPositive();
    assertThat(platform.sends("s11")).hasSize(2).doesNotHaveDuplicates().doesNotContain("");
    isChargedOnce("s11");
  }

  @Test
  void questions_that_the_platform_cannot_answer_hold_up_no_sale() {
    List<String> doubtful = names("doubtful", 10);
    inDoubt(doubtful);
    List<CompletableFuture<Got>> answered = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      doubtful.forEach(id -> answered.add(query(id)));
    }
    assertThat(answered).allSatisfy(got -> assertThat(got.join().outcome()).isEqualTo("P"));
    untilEachIsAsked(1, doubtful);
    allGoWell(names("others", 25), OTHER_MERCHANT);
    allGoWell(names("own", 25), Caller.MERCHANT);
    endPaid(doubtful, Caller.MERCHANT);
  }

  @Test
  void one_merchant_whose_payments_hang_stops_no_other_and_returns() {
    List<String> hanging = names("hanging", 100);
    hanging.forEach(id -> {
      platform.sends(id, silence().charging());
      platform.questions(id, status("P", id, order(id)));
    });
    hanging.subList(0, 10).forEach(id -> platform.questions(id, code("E01")));
    List<CompletableFuture<Got>> answered =
        hanging.stream().map(id -> payInDoubt(id, HANGING_MERCHANT)).toList();
    TestPod.until(() -> breaker(testPod) > 0);
    allGoWell(names("healthy", 25), OTHER_MERCHANT);
    assertThat(answered).allMatch(got -> got.join().outcome().equals("P"));

    for (String id : names("returning", 10)) {
      platform.sends(id, paid(id));
      TestPod.until(() -> pay(id, order(id), HANGING_MERCHANT).join().isPaid());
      isChargedOnce(id);
    }
    assertThat(breaker(testPod)).isZero();
    hanging.forEach(id -> platform.questions(id, status("S", id, order(id))));
    endPaid(hanging.subList(0, 10), HANGING_MERCHANT);
  }

  private static void allGoWell(List<String> ids, String merchant) {
    ids.forEach(id -> platform.sends(id, paid(id)));
    for (String id : ids) {
      Got got = pay(id, order(id), merchant).join();
      assertThat(got.isPaid()).as(got.body()).isTrue();
      isChargedOnce(id);
    }
  }

  @Test
  void a_session_of_our_own_that_is_missing_is_not_the_platforms_sickness() {
    String login = "/v1/sessions/login";
    platform.sends(login, code("LOGIN"));
    try (TestPod lacking = new TestPod(Map.of(
        "upstream.baseUrl",
        platform.url(),
        "credentials.session.path",
        login,
        "credentials.session.valueAt",
        "/data/id"))) {
      for (String id : names("lacking", 30)) {
        platform.sends(id, paid(id));
        Got got = lacking.caller().pay(Caller.sale(order(id), id));
        assertThat(got.code()).as(got.body()).isEqualTo("E01");
        assertThat(got.header("Payonce-Sent")).isEqualTo("no");
        assertThat(platform.sends(id)).isEmpty();
      }
      assertThat(lacking.admin(0)).contains("payonce_misconfigured{code=\"S09\"} 1");
      assertThat(breaker(lacking)).isZero();
      platform.sends(login, "{\"code\":\"0\",\"data\":{\"id\":\"s_1\"}}");
      TestPod.until(() ->
          lacking.caller().pay(Caller.sale(order("lacking-0"), "lacking-0")).isPaid());
      isChargedOnce("lacking-0");
    }
  }

  private static void inDoubt(List<String> ids) {
    for (String id : ids) {
      platform.sends(id, says(code("E02")).charging());
      platform.questions(id, code("E01"));
      payInDoubt(id, Caller.MERCHANT);
    }
    ids.forEach(id -> TestPod.until(() -> platform.sends(id).size() == 1));
  }

  private static CompletableFuture<Got> query(String id) {
    Caller caller = testPod.caller();
    String asked = "?appId=app1&merchantId=" + Caller.MERCHANT + "&transactionRequestId=" + id;
    return caller.send(caller.request("/v1/transaction/query" + asked).GET().build());
  }

  private static double breaker(TestPod one) {
    return one.admin(0)
        .lines()
        .filter(line -> line.startsWith("payonce_breaker{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElse(-1);
  }
}
