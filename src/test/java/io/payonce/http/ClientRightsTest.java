package io.payonce.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.FlowFixture;
import io.payonce.flow.port.FlowSettings;
import io.payonce.http.RightsPort.Got;
import io.payonce.json.EnvelopeScan;
import io.payonce.ledger.FakeStore.Mishap;
import io.payonce.ledger.Outcome;
import io.payonce.model.Answer;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import io.payonce.model.Scope;
import io.payonce.model.SessionPolicy;
import io.payonce.platform.PlatformRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who may call for whom: each client × each kind of call × whose payment, whether there is one or
 * not. Who may not learns nothing, neither by words nor by what is done for it.
 */
class ClientRightsTest {
  /** Its key is of M1 alone. */
  private static final String ONE = "k_of_one";

  private static final String BOTH = "k_of_both";

  /** It is named in no list. */
  private static final String ALL = "k_of_all";

  private static final Map<String, String> SETTINGS = Map.of(
      "client.keys", "one:" + ONE + ",both:" + BOTH + ",all:" + ALL,
      "client.merchants", "one=M1,both=M1|M2",
      "upstream.passHeaders", "X-Merchant-Id");

  private static RightsPort port;
  private static RightsPort scoped;

  @BeforeAll
  static void open() {
    port = new RightsPort(FlowFixture.SETTINGS, SETTINGS);
    FlowSettings.Orders apart =
        new FlowSettings.Orders(SessionPolicy.REPLACE, 5000, false, false, Scope.APP);
    scoped = new RightsPort(FlowFixture.with(apart), SETTINGS);
    for (RightsPort each : List.of(port, scoped)) {
      each.platform = ClientRightsTest::pays;
      for (String merchant : List.of("M1", "M2")) {
        Got paid = each.call(ALL, "POST", Operation.SALE.path(), body(merchant, "there-1", "id"));
        assertThat(paid.body()).contains("\"S\"");
        Got page = each.call(
            ALL, "POST", Operation.CREATE_SESSION.path(), body(merchant, "page-1", "order"));
        assertThat(page.body()).contains("session-of-" + merchant);
      }
    }
  }

  @AfterAll
  static void close() {
    port.close();
    scoped.close();
  }

  @BeforeEach
  void silence() {
    for (RightsPort each : List.of(port, scoped)) {
      each.platform = asked -> new Answer.Silent("silence");
      each.forget();
    }
  }

  private static Answer pays(PlatformRequest request) {
    String body = new String(request.body(), StandardCharsets.UTF_8);
    String id = body.replaceAll(".*\"transactionRequestId\":\"([^\"]*)\".*", "$1");
    String merchant = body.replaceAll(".*\"merchantId\":\"([^\"]*)\".*", "$1");
    if (request.target().equals(Operation.CREATE_SESSION.path())) {
      return says(
          "{\"code\":\"0\",\"data\":{\"checkoutUrl\":\"https://p\",\"sessionId\":\"session-of-"
              + merchant + "\"}}");
    }
    return says("{\"code\":\"0\",\"data\":{\"transactionStatus\":\"S\",\"transactionRequestId\":\""
        + id + "\",\"transactionId\":\"T-" + merchant + "-" + id + "\"}}");
  }

  private static Answer says(String json) {
    Reply reply = Reply.json(json.getBytes(StandardCharsets.UTF_8));
    return new Answer.Spoken(reply, EnvelopeScan.scan(reply.body()), -1);
  }

  /** Everything that any of them asks for; what it follows on is named so. */
  private static byte[] body(String merchant, String id, String by) {
    String original = switch (by) {
      case "id" -> "\"originalTransactionRequestId\":\"" + id + "\",";
      case "transaction" -> "\"originalTransactionId\":\"T-" + merchant + "-" + id + "\",";
      default -> "";
    };
    return """
        {"appId":"a","merchantId":"%s","transactionRequestId":"%s","referenceOrderId":"order-%s",%s\
        "amount":{"orderAmount":1000,"priceCurrency":"USD"},"description":"d","terminalSn":"t",\
        "channelCode":"c","tipAmount":1,"sessionId":"session-of-%s","paymentMethod":"GOOGLE_PAY",\
        "cardEncryptedData":"x"}""".formatted(merchant, id, id, original, merchant).getBytes(StandardCharsets.UTF_8);
  }

  private static String query(String merchant, String id, String by) {
    String named = by.equals("transaction")
        ? "transactionId=T-" + merchant + "-" + id
        : "transactionRequestId=" + id;
    return "?appId=a&merchantId=" + merchant + "&terminalSn=t&" + named;
  }

  /** One kind of call: an operation, or a path that is merely forwarded. */
  private record Kind(String method, String path, String by) {
    Got call(RightsPort at, String key, String merchant, String id) {
      String target = method.equals("GET") ? path + query(merchant, id, by) : path;
      return at.call(key, method, target, body(merchant, id, by));
    }

    @Override
    public String toString() {
      return method + " " + path + " by " + by;
    }
  }

  static Stream<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>();
    for (String by : List.of("id", "transaction", "order")) {
      for (Operation operation : Operation.known()) {
        kinds.add(new Kind(operation.method(), operation.path(), by));
      }
      kinds.add(new Kind("POST", Operation.BATCH_QUERY.path(), by));
      kinds.add(new Kind("POST", RightsPort.NEW_PATH, by));
      kinds.add(new Kind("GET", "/v1/some/new-call", by));
      kinds.add(new Kind("POST", "/v1/some/new-call", by));
    }
    return kinds.stream();
  }

  static Stream<Kind> kindsByTransaction() {
    return kinds().filter(kind -> kind.by().equals("transaction"));
  }

  private static void untouched(RightsPort at) {
    assertThat(at.touched).isEmpty();
    assertThat(at.wire).isEmpty();
  }

  private static void refused(RightsPort at, Got got) {
    assertThat(got.is200()).as(got.head()).isTrue();
    assertThat(got.body()).startsWith("{\"code\":\"S06\",").doesNotContain("\"data\"");
    assertThat(got.header("Payonce-Source")).isEqualTo("proxy");
    assertThat(got.header("Payonce-Sent")).isEqualTo("not-by-this-call");
    assertThat(got.header("Payonce-Attempts")).isEqualTo("0");
    assertThat(got.header("X-Trace-Id")).isNotEmpty();
    untouched(at);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void another_merchants_payment_is_nothing_to_a_client_whether_it_is_there_or_not(Kind kind) {
    for (RightsPort at : List.of(port, scoped)) {
      Set<String> said = new HashSet<>();
      for (String id : List.of("there-1", "never-1")) {
        Got got = kind.call(at, ONE, "M2", id);
        refused(at, got);
        said.add(got.words());
      }
      assertThat(said).hasSize(1);
    }
  }

  /** It would be signed with that account's key, and spend what that account may send. */
  @ParameterizedTest
  @MethodSource("kinds")
  void a_client_may_not_name_another_accounts_app_beside_its_own_merchant(Kind kind) {
    String app = "\"appId\":\"" + RightsPort.ANOTHERS + "\"";
    String query = query("M1", "there-1", kind.by()).replace("appId=a", "appId=%61nothers");
    String target = kind.method().equals("GET") ? kind.path() + query : kind.path();
    byte[] body = new String(body("M1", "there-1", kind.by()), StandardCharsets.UTF_8)
        .replace("\"appId\":\"a\"", app)
        .getBytes(StandardCharsets.UTF_8);
    refused(port, port.call(ONE, kind.method(), target, body));
    refused(port, port.call(BOTH, kind.method(), target, body));
    assertThat(port.call(ALL, kind.method(), target, body).body()).doesNotContain("\"S06\"");
  }

  /** All refusals are alike, whatever was called for: the words go by no payment. */
  @Test
  void one_sentence_is_said_to_all() {
    Set<String> said = new HashSet<>();
    kinds().forEach(kind -> said.add(kind.call(port, ONE, "M2", "there-1").words()));
    assertThat(said).hasSize(1);
    assertThat(said.iterator().next()).doesNotContain("M2", "there-1", "one");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void a_client_may_all_for_its_own_and_one_without_a_list_for_all(Kind kind) {
    for (String[] may : new String[][] {{ONE, "M1"}, {BOTH, "M1"}, {BOTH, "M2"}, {ALL, "M2"}}) {
      for (String id : List.of("there-1", "never-" + may[0] + may[1])) {
        port.forget();
        Got got = kind.call(port, may[0], may[1], id);
        assertThat(got.body()).as(kind + " " + may[0] + " " + may[1]).doesNotContain("\"S06\"");
        boolean passed = !port.touched.isEmpty() || !port.wire.isEmpty();
        assertThat(passed || got.body().contains("\"C01\"")).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'appId':'a','transactionRequestId':'there-1'}",
        "{'merchantId':null}",
        "{'merchantId':''}",
        "{'merchantId':'M1','merchantId':'M2'}",
        "{'merchantId':'M2','merchantId':'M1'}",
        "{'merchantId':'M1','merchantId':'M1'}",
        "{'merchantId':1}",
        "{'merchantId':['M1']}",
        "{'merchantId':{'merchantId':'M1'}}",
        "{'data':{'merchantId':'M1'}}",
        "{'merchantId':'M1','data':{'merchantId':'M2'}}",
        "{'merchantId':'M1','list':[{'a':[{'merchantId':'M2'}]}]}",
        "{'merchantId':'M1','MerchantId':'M2'}",
        "{'merchantId':'M1','merchant_id':'M2'}",
        "{'merchantId':'M1','merchantIds':['M1','M2']}",
        "{'merchantId':'\\u004d2'}",
        "{'merchant\\u0049d':'M2'}",
        "{'merchantId':'M1 '}",
        "{'merchantId':' M1'}",
        "{'merchantId':'m1'}",
        "{'merchantId':'M1\\u0000'}",
        "{'merchantId':'M1\\u200b'}",
        "{'merchantId':'\\uff2d1'}",
        "{'merchantId':'M1~a'}",
        "{'merchantId':'M1/there-1'}",
        "{'merchantId':'M1|M2'}",
        "{'merchantId':'M1,M2'}",
        "{'merchantId':'M1'",
        "{'merchantId':'M1'} {'merchantId':'M2'}",
        "[{'merchantId':'M1'}]",
        "merchantId=M1",
        ""
      })
  void a_body_must_name_one_of_its_merchants_plainly(String json) {
    byte[] body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    Stream<String> paths = Stream.concat(
        Operation.known().stream()
            .filter(operation -> operation.accepts("POST"))
            .map(Operation::path),
        Stream.of("/v1/some/new-call"));
    paths.forEach(path -> refused(port, port.call(ONE, "POST", path, body)));
  }

  @Test
  void a_body_in_another_charset_names_no_merchant() {
    byte[] plain = body("M1", "there-1", "id");
    String text = new String(plain, StandardCharsets.UTF_8);
    for (byte[] body : List.of(
        text.getBytes(StandardCharsets.UTF_16),
        text.getBytes(StandardCharsets.UTF_16LE),
        ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8),
        text.replace("\"d\"", "\"\u00e4\"").getBytes(StandardCharsets.ISO_8859_1))) {
      refused(port, port.call(ONE, "POST", Operation.SALE.path(), body));
      refused(port, port.call(ONE, "POST", "/v1/some/new-call", body));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?",
        "?appId=a&transactionRequestId=there-1",
        "?merchantId=",
        "?merchantId",
        "?merchantId=M2",
        "?merchantId=%4d2",
        "?merchant%49d=M2",
        "?merchantId=M1&merchantId=M2",
        "?merchantId=M1&merchantId=M1",
        "?merchantId=M1&MERCHANTID=M2",
        "?merchantId=M1&merchant_id=M2",
        "?merchantId=M1&merchantId%5B%5D=M2",
        "?merchantId=M1&filter.merchantId=M2",
        "?merchantId=M1%00",
        "?merchantId=M1+",
        "?merchantId=M1%2CM2",
        "?merchantId=M1;merchantId=M2",
        "?x=1;merchantId=M2&merchantId=M1",
        "?MerchantId=M1",
        "?merchantId=%FF",
        "?merchantId=M1&x=%4"
      })
  void a_query_must_name_one_of_its_merchants_plainly(String query) {
    Stream<String> paths = Stream.concat(
        Operation.known().stream()
            .filter(operation -> operation.accepts("GET"))
            .map(Operation::path),
        Stream.of("/v1/some/new-call"));
    paths.forEach(path -> refused(port, port.call(ONE, "GET", path + query, new byte[0])));
  }

  @Test
  void all_places_of_a_call_must_agree() {
    byte[] own = body("M1", "there-1", "id");
    for (String path :
        List.of("/v1/some/new-call", Operation.SALE.path(), Operation.ABORT.path())) {
      refused(port, port.call(ONE, "POST", path + "?merchantId=M2", own));
      refused(port, port.call(ONE, "POST", path + "?merchantId=M1", body("M2", "there-1", "id")));
      refused(port, port.call(ONE, "POST", path, own, "X-Merchant-Id", "M2"));
    }
    // What a known call says in a query does not go to the platform, and so names no merchant.
    refused(
        port, port.call(ONE, "POST", Operation.SALE.path() + "?merchantId=M1", "{}".getBytes()));
    refused(port, port.call(ONE, "GET", "/v1/merchant/M2/terminals?merchantId=M1", own));
    refused(port, port.call(ONE, "GET", "/v1/shops/7/sales?merchantId=M1", own));
    refused(port, port.call(ONE, "GET", "/v1/shops?shop=M2", own));
    refused(port, port.call(ONE, "GET", "/v1/shops/" + RightsPort.LISTED + "?merchantId=M1", own));
  }

  /** The platform is told the type that a caller claims, and may go by it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "&merchantId=M2&",
        "&merchantId=%4d2&",
        "&merchant%49d=M2&",
        "&merchant_id[]=M2&",
        "&x=1;merchantId=M2;",
        "&%&merchantId=M2&"
      })
  void a_body_that_is_called_a_form_names_no_other_merchant_as_one(String form) {
    byte[] body = new String(body("M1", "there-1", "id"), StandardCharsets.UTF_8)
        .replace("\"d\"", "\"" + form + "\"")
        .getBytes(StandardCharsets.UTF_8);
    for (String path : List.of("/v1/some/new-call", Operation.VOID.path())) {
      for (String type : List.of(
          "application/x-www-form-urlencoded",
          "Application/X-WWW-Form-UrlEncoded; charset=utf-8",
          "application/json, application/x-www-form-urlencoded")) {
        refused(port, port.callAs(type, ONE, "POST", path, body));
        assertThat(port.callAs(type, BOTH, "POST", path, body).body()).doesNotContain("\"S06\"");
        port.forget();
      }
      assertThat(port.call(ONE, "POST", path, body).body()).doesNotContain("\"S06\"");
      port.forget();
    }
    byte[] plain = body("M1", "there-1", "id");
    assertThat(port.callAs(
                "application/x-www-form-urlencoded", ONE, "POST", "/v1/some/new-call", plain)
            .body())
        .contains("\"E02\"");
  }

  @Test
  void what_is_written_otherwise_and_means_its_own_passes() {
    String escaped = new String(body("M1", "there-1", "id"), StandardCharsets.UTF_8)
        .replace("\"M1\"", "\"\\u004d1\"");
    Got sale =
        port.call(ONE, "POST", Operation.SALE.path(), escaped.getBytes(StandardCharsets.UTF_8));
    assertThat(sale.body()).contains("\"S\"");
    for (String target : List.of(
        "/v1/merchant/query?merchantId=M%31&appId=a",
        "/v1/some/new-call?merchantId=M1&merchant_id=M1",
        "/v1/merchant/M1/v2/terminals?merchantId=M1")) {
      port.forget();
      assertThat(port.call(ONE, "GET", target, new byte[0]).body()).contains("\"E02\"");
      assertThat(port.wire).isNotEmpty();
    }
    port.forget();
    Got posted = port.call(ONE, "POST", "/v1/some/new-call?merchantId=M1", new byte[0]);
    assertThat(posted.body()).contains("\"E02\"");
  }

  /** What of its own it calls for badly is said as ever. */
  @Test
  void faults_of_a_call_for_its_own_are_named() {
    Got got = port.call(
        ONE, "POST", Operation.SALE.path(), "{\"merchantId\":\"M1\",\"amount\":1}".getBytes());
    assertThat(got.body()).contains("\"C02\"", "amount");
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "transaction"})
  void an_answer_about_another_merchant_is_as_good_as_none(String by) {
    port.platform = asked -> says("""
        {"code":"0","data":{"transactionStatus":"S","transactionRequestId":"never-1",\
        "transactionId":"T-M1-never-1","referenceOrderId":"order-secret","merchantId":"M2"}}""");
    for (String key : List.of(ONE, BOTH, ALL)) {
      Got got =
          port.call(key, "GET", Operation.QUERY.path() + query("M1", "never-1", by), new byte[0]);
      assertThat(got.body()).contains("\"E02\"").doesNotContain("secret", "M2");
    }
    assertThat(port.ledger.find(new PaymentId("M1", "never-1")).result()).isEmpty();
  }

  @Test
  void lists_with_another_merchants_entries_are_not_shown_to_who_is_kept_to_its_own() {
    port.platform = asked -> says("""
        {"code":"0","data":{"batchList":[{"batchNo":"1","merchantId":"M1"},\
        {"batchNo":"secret","merchantId":"M2"}]}}""");
    for (Operation each : List.of(
        Operation.BATCH_QUERY,
        Operation.BATCH_CLOSE_LIST,
        Operation.MERCHANT_QUERY,
        Operation.TERMINALS_QUERY)) {
      String target = each.path() + query("M1", "x", "id");
      Got hidden = port.call(ONE, "GET", target, new byte[0]);
      assertThat(hidden.body()).contains("\"E02\"").doesNotContain("secret");
      assertThat(hidden.header("Payonce-Source")).isEqualTo("proxy");
      assertThat(port.call(BOTH, "GET", target, new byte[0]).body()).contains("secret");
      assertThat(port.call(ALL, "GET", target, new byte[0]).body()).contains("secret");
    }
    assertThat(port.call(ONE, "GET", "/v1/some/new-call?merchantId=M1", new byte[0])
            .body())
        .contains("\"E02\"")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({"ACQ-77, true", "M1, true", "M2, false", "listed, false"})
  void a_payments_own_answer_is_shown_unless_it_names_another_merchant_besides(
      String besides, boolean shown) {
    port.platform = asked -> says("""
        {"code":"0","data":{"transactionStatus":"S","transactionRequestId":"acquired-%1$s",\
        "merchantId":"M1","acquirer":{"merchantId":"%1$s"}}}""".formatted(besides));
    byte[] body = body("M1", "acquired-" + besides, "order");
    for (int i = 0; i < 2; i++) {
      Got got = port.call(ONE, "POST", Operation.SALE.path(), body);
      assertThat(got.body()).contains(shown ? "\"S\"" : "\"E02\"");
      assertThat(got.body().contains(besides + "\"}}")).isEqualTo(shown);
    }
  }

  /** What the ledger knows by the platform's names, it knows within one merchant. */
  @ParameterizedTest
  @MethodSource("kindsByTransaction")
  void names_of_another_merchants_payment_mean_nothing_under_ones_own(Kind kind) {
    String other = "T-M2-there-1";
    assertThat(port.ledger.findByAlias("M2", other).result())
        .contains(new PaymentId("M2", "there-1"));
    byte[] body = new String(body("M1", "new-1", "transaction"), StandardCharsets.UTF_8)
        .replace("T-M1-new-1", other)
        .getBytes(StandardCharsets.UTF_8);
    String target = kind.method().equals("GET")
        ? kind.path() + "?appId=a&merchantId=M1&terminalSn=t&transactionId=" + other
        : kind.path();
    port.platform = asked -> says("{\"code\":\"C12\",\"msg\":\"none\"}");
    Got got = port.call(ONE, kind.method(), target, body);
    assertThat(got.body()).doesNotContain("there-1", "order-there-1", "M2");
    assertThat(port.wire).allMatch(sent -> sent.contains("M1") && !sent.contains("\"M2\""));
    assertThat(port.ledger.find(new PaymentId("M2", "there-1")).result())
        .hasValueSatisfying(kept -> assertThat(kept.outcome()).isEqualTo(Outcome.PAID));
  }

  /**
   * No answer of the platform says whose page it closes, and the ledger knows whose it was made.
   */
  @ParameterizedTest
  @ValueSource(strings = {"\"session-of-M2\"", "\"session-of-nobody\"", "\"\"", "null", "17"})
  void a_page_that_is_not_known_as_its_merchants_is_not_closed_for_who_is_kept_to_that(
      String session) {
    Set<String> said = new HashSet<>();
    for (RightsPort at : List.of(port, scoped)) {
      for (String key : List.of(ONE, BOTH)) {
        Got got = at.call(key, "POST", Operation.EXPIRE_SESSION.path(), closing(session));
        assertThat(got.body()).startsWith("{\"code\":\"S06\",").doesNotContain("\"data\"");
        assertThat(got.header("Payonce-Sent")).isEqualTo("not-by-this-call");
        assertThat(at.wire).isEmpty();
        said.add(got.words());
      }
      at.call(ALL, "POST", Operation.EXPIRE_SESSION.path(), closing(session));
      assertThat(at.wire).isNotEmpty();
    }
    assertThat(said).hasSize(1);
  }

  @Test
  void that_it_is_anothers_page_costs_what_it_costs_that_there_is_none() {
    List<List<String>> done = new ArrayList<>();
    for (String session : List.of("\"session-of-M2\"", "\"session-of-nobody\"")) {
      port.forget();
      port.call(ONE, "POST", Operation.EXPIRE_SESSION.path(), closing(session));
      done.add(List.copyOf(port.touched));
    }
    assertThat(done.get(0)).isEqualTo(done.get(1)).hasSize(1);
  }

  @Test
  void a_page_is_not_closed_for_who_is_kept_to_some_while_it_cannot_be_known_whose_it_is() {
    for (RightsPort at : List.of(port, scoped)) {
      at.store.onMove(move -> move.equals("findByAlias") ? Mishap.UNREACHED : Mishap.NONE);
      byte[] own = closing("\"session-of-M1\"");
      assertThat(at.call(ONE, "POST", Operation.EXPIRE_SESSION.path(), own).body())
          .contains("\"E01\"");
      assertThat(at.wire).isEmpty();
      at.store.onMove(move -> Mishap.NONE);
      at.call(ONE, "POST", Operation.EXPIRE_SESSION.path(), own);
      assertThat(at.wire).isNotEmpty();
    }
  }

  /**
   * Also one that takes no order, and one that the platform has called by a transaction besides.
   */
  @ParameterizedTest
  @CsvSource({"REPLACE, ''", "ALLOW, ''", "REPLACE, I", "ALLOW, I"})
  void whoever_is_kept_to_some_closes_the_pages_that_he_has_made(
      SessionPolicy sessions, String status) {
    FlowSettings.Orders orders =
        new FlowSettings.Orders(sessions, 5000, false, false, Scope.MERCHANT);
    try (RightsPort at = new RightsPort(FlowFixture.with(orders), SETTINGS)) {
      String besides = status.isEmpty()
          ? ""
          : ",\"transactionStatus\":\"I\",\"transactionId\":\"T-1\",\"transactionRequestId\":\"page-1\"";
      at.platform = asked -> says(
          "{\"code\":\"0\",\"data\":{\"checkoutUrl\":\"https://p\",\"sessionId\":\"session-of-M1\""
              + besides + "}}");
      assertThat(
              at.call(ONE, "POST", Operation.CREATE_SESSION.path(), body("M1", "page-1", "order"))
                  .body())
          .contains("session-of-M1");
      at.forget();
      at.platform = asked -> says("{\"code\":\"0\",\"data\":{\"sessionStatus\":\"EXPIRED\"}}");
      assertThat(at.call(ONE, "POST", Operation.EXPIRE_SESSION.path(), closing("\"session-of-M1\""))
              .body())
          .contains("EXPIRED");
      if (!status.isEmpty() && sessions == SessionPolicy.REPLACE) {
        assertThat(at.ledger.findByAlias("M1", "T-1").result()).isPresent();
      }
    }
  }

  private static byte[] closing(String session) {
    return ("{\"appId\":\"a\",\"merchantId\":\"M1\",\"sessionId\":" + session + "}")
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void refusals_are_counted() {
    String forbidden = "payonce_payments_total{operation=\"%s\",outcome=\"forbidden\"}";
    double before = counted(forbidden.formatted("sale"));
    port.call(ONE, "POST", Operation.SALE.path(), body("M2", "there-1", "id"));
    port.call(ONE, "POST", "/v1/some/new-call", body("M2", "there-1", "id"));
    assertThat(counted(forbidden.formatted("sale"))).isEqualTo(before + 1);
    assertThat(counted(forbidden.formatted("other"))).isPositive();
  }

  private static double counted(String name) {
    return port.metrics
        .scrape("text/plain")
        .lines()
        .filter(line -> line.startsWith("payonce_payments_total{"))
        .filter(line -> {
          String labels = line.substring(0, line.indexOf('}') + 1);
          return labels.equals(name) || labels.equals(name.replaceAll("\\{(.*),(.*)}", "{$2,$1}"));
        })
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
