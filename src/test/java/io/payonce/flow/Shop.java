package io.payonce.flow;

import io.payonce.codes.Remedy;
import io.payonce.flow.operator.AskFlow;
import io.payonce.flow.operator.ResolveFlow;
import io.payonce.flow.operator.ResolveRequest;
import io.payonce.flow.operator.Resolved;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.FlowSettings;
import io.payonce.flow.port.InboundWebhook;
import io.payonce.flow.port.Outbound;
import io.payonce.flow.port.WebhookResult;
import io.payonce.json.EnvelopeScan;
import io.payonce.ledger.Claim.Claimed;
import io.payonce.ledger.Deferral;
import io.payonce.ledger.FakeLedgerAdmin;
import io.payonce.ledger.FakeStore;
import io.payonce.ledger.Payment;
import io.payonce.ledger.redis.HomePlatform;
import io.payonce.limit.Admission;
import io.payonce.limit.ConfirmPlace;
import io.payonce.limit.Unlimited;
import io.payonce.model.Account;
import io.payonce.model.Answer;
import io.payonce.model.Intent;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import io.payonce.platform.Platform;
import io.payonce.platform.PlatformRequest;
import io.payonce.recovery.Resolution.Verdict;
import io.payonce.recovery.Stage;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * All flows over a fake ledger and a scripted platform. Time passes only where a flow waits; then
 * what has come due is worked on.
 */
public final class Shop extends FlowFixture {
  static final String MERCHANT = "M1";
  final FakeLedgerAdmin admin;
  public final List<String> wire = new ArrayList<>();

  /** Under whose key each of them left. */
  final List<String> under = new ArrayList<>();

  /** The bodies of all sends. */
  final List<String> sent = new ArrayList<>();

  /** And of all other calls that had one. */
  final List<String> called = new ArrayList<>();

  private final Deque<Supplier<Answer>> toSends = new ArrayDeque<>();
  private final Deque<Supplier<Answer>> toQuestions = new ArrayDeque<>();
  private final Flows flows;
  private final ResolveFlow resolve;
  private final AtomicLong passedMillis;
  private final Map<PaymentId, Long> nudges = new HashMap<>();
  private Admission.Reason heldBackBy;
  private String heldBack;
  private boolean noQuestions;
  private boolean noBudget;
  private int calls;

  public Shop() {
    this(SETTINGS);
  }

  Shop(FlowSettings settings) {
    this(settings, new AtomicLong(), null, "a.example", Map.of());
  }

  /**
   * A pod with further accounts: their names by what calls name of them, an appId or a merchant.
   */
  static Shop with(Map<String, String> accounts) {
    return new Shop(SETTINGS, new AtomicLong(), null, "a.example", accounts);
  }

  /** Another pod of the same fleet, which has these accounts. */
  static Shop pod(Shop other, Map<String, String> accounts) {
    return new Shop(SETTINGS, other.passedMillis, other.store, "a.example", accounts);
  }

  /** Another shop's ledger and time, and a platform of its own. */
  static Shop beside(Shop other, String platform) {
    return new Shop(SETTINGS, other.passedMillis, other.store, platform, Map.of());
  }

  /** Another pod of the same fleet, which runs with other settings. */
  static Shop pod(Shop other, FlowSettings settings) {
    return new Shop(settings, other.passedMillis, other.store, "a.example", Map.of());
  }

  private Shop(
      FlowSettings settings,
      AtomicLong passed,
      FakeStore shared,
      String platform,
      Map<String, String> named) {
    super(passed, shared, home(platform, Set.copyOf(named.values()), passed));
    passedMillis = passed;
    admin = new FakeLedgerAdmin(ledger);
    Accounts accounts = new Keys(named);
    flows = new Flows(ledger, accounts, this, this, this, this, settings);
    resolve = new ResolveFlow(admin, ledger, accounts, this, this, settings);
  }

  private static HomePlatform home(String platform, Set<String> accounts, AtomicLong passed) {
    HomePlatform home =
        new HomePlatform(platform, accounts, 600_000, 15_000, () -> passed.get() * 1_000_000);
    home.first("a.example");
    return home;
  }

  /** What the next sends are answered; silence when nothing is given. */
  public Shop sends(Answer... answers) {
    for (Answer answer : answers) {
      toSends.add(() -> answer);
    }
    return this;
  }

  /** What the next questions are answered; silence when nothing is given. */
  public Shop questions(Answer... answers) {
    for (Answer answer : answers) {
      toQuestions.add(() -> answer);
    }
    return this;
  }

  /** Answers to questions that were not asked. */
  public void forgetAnswers() {
    toQuestions.clear();
  }

  /** From now on no first send may leave. */
  void holdBack(Admission.Reason why) {
    heldBackBy = why;
  }

  /** The same of one account. */
  void holdBack(String account, Admission.Reason why) {
    heldBack = account;
    heldBackBy = why;
  }

  /** From now on nothing is confirmed, for there are as many questions as there may be. */
  void noQuestions(boolean none) {
    noQuestions = none;
  }

  /** From now on nothing is sent again, for the fleet's budget is used up. */
  void noBudget() {
    noBudget = true;
  }

  /** What happens while the next question is on its way, and its answer. */
  Shop question(Supplier<Answer> answer) {
    toQuestions.add(answer);
    return this;
  }

  /** What happens while the next send is on its way, and its answer. */
  public Shop onSend(Supplier<Answer> answer) {
    toSends.add(answer);
    return this;
  }

  public static String sale(String id, String order) {
    return """
        {"appId":"a","merchantId":"M1","transactionRequestId":"%s","referenceOrderId":"%s","amount":\
        {"orderAmount":1000,"priceCurrency":"USD"},"description":"d","terminalSn":"t"}""".formatted(id, order);
  }

  static String undo(String id, String original) {
    return """
        {"appId":"a","merchantId":"M1","transactionRequestId":"%s","originalTransactionRequestId":"%s",\
        "description":"d","terminalSn":"t"}""".formatted(id, original);
  }

  static String refundOf(String id, String by, String name) {
    return refund(id, "x")
        .replace("\"originalTransactionRequestId\":\"x\"", "\"" + by + "\":\"" + name + "\"");
  }

  static String refund(String id, String original) {
    return """
        {"appId":"a","merchantId":"M1","transactionRequestId":"%s","originalTransactionRequestId":"%s",\
        "amount":{"orderAmount":1000,"priceCurrency":"USD"},"description":"d","terminalSn":"t"}""".formatted(id, original);
  }

  public Outbound pay(String body) {
    return post(Operation.SALE, body);
  }

  Outbound post(Operation operation, String body) {
    return handle(operation, null, body);
  }

  Outbound ask(String by) {
    return askAs("a", by);
  }

  Outbound askAs(String app, String by) {
    return handle(Operation.QUERY, "appId=" + app + "&merchantId=M1&" + by, "");
  }

  /** What a path is answered that is merely passed on. */
  Outbound passOn(String path, String query, String body) {
    return flows
        .handle(Calls.passedOn(path, query, body.getBytes(StandardCharsets.UTF_8)))
        .result();
  }

  /** For who stands in front of them. */
  public Flows flows() {
    return flows;
  }

  /** What the platform says by itself; fails with what keeps it from being written. */
  Future<WebhookResult> notify(Answer said) {
    return notify(null, said);
  }

  /** @param address the id of the payment to whose own address it comes; null for none */
  Future<WebhookResult> notify(String address, Answer said) {
    return notify(Account.DEFAULT, address, said);
  }

  /** @param signer whose secret has signed it */
  Future<WebhookResult> notify(Account signer, String address, Answer said) {
    return flows
        .webhooks()
        .handle(new InboundWebhook(
            Set.of(signer),
            address == null ? null : id(address),
            MERCHANT,
            "a",
            (Answer.Spoken) said,
            "w"));
  }

  /** The same of a body that names no owner. */
  Future<WebhookResult> notifyWithoutNames(String address, Answer said) {
    return flows
        .webhooks()
        .handle(new InboundWebhook(
            Set.of(Account.DEFAULT),
            address == null ? null : id(address),
            null,
            null,
            (Answer.Spoken) said,
            "w"));
  }

  /** Works on what was scheduled, as soon as that is to be looked at. */
  void workOnHints() {
    awaitChange(null, 2);
  }

  private Outbound handle(Operation operation, String query, String body) {
    String call = "call-" + ++calls;
    return flows
        .handle(Calls.of(
            operation,
            query,
            body.getBytes(StandardCharsets.UTF_8),
            SETTINGS.waitBudgetMillis(),
            call))
        .result();
  }

  /** Lets the payment's due time come, and does its next step. */
  void work(String id) {
    pass(400_000);
    flows.retries().work(id(id));
  }

  /** The same at once. */
  void workNow(String id) {
    flows.retries().work(id(id));
  }

  /** What another release has kept as the answer of an open payment. */
  void keep(String id, Reply answer) {
    pass(400_000);
    Claimed claimed = ledger.claim(id(id)).result().orElseThrow();
    Stage stage = claimed.payment().stage();
    ledger.defer(claimed.lease(), new Deferral(stage, 1, answer, 1, "as ever"));
  }

  Resolved resolve(String id, Verdict word, boolean forced) {
    return resolve
        .resolve(new ResolveRequest(
            id(id),
            new ResolveRequest.Decision(word, forced, "a note", "anna", "t"),
            ResolveRequest.Hints.NONE))
        .result();
  }

  public Resolved askNow(String id) {
    return new AskFlow(admin, flows.retries()).ask(id(id), "anna").result();
  }

  public Payment payment(String id) {
    return ledger.find(id(id)).result().orElse(null);
  }

  boolean isListed(String id) {
    return store.attention().containsKey(id(id));
  }

  static PaymentId id(String id) {
    return new PaymentId(MERCHANT, id);
  }

  public static String body(Outbound out) {
    return new String(out.reply().body(), StandardCharsets.UTF_8);
  }

  /** What a platform says with this body. */
  static Answer says(String json) {
    Reply reply = Reply.json(json.getBytes(StandardCharsets.UTF_8));
    return new Answer.Spoken(reply, EnvelopeScan.scan(reply.body()), -1);
  }

  public static Answer code(String code) {
    return says("{\"code\":\"" + code + "\",\"msg\":\"m\"}");
  }

  /** A refusal that names a pause. */
  static Answer code(String code, long retryAfterMillis) {
    Answer.Spoken said = (Answer.Spoken) code(code);
    return new Answer.Spoken(said.reply(), said.envelope(), retryAfterMillis);
  }

  /** Status of a transaction with an amount of 1000 USD. */
  public static Answer status(String status, String id, String order) {
    return status(status, id, order, "\"orderAmount\":1000,\"priceCurrency\":\"USD\"");
  }

  static Answer status(String status, String id, String order, String amount) {
    return says("""
        {"code":"0","data":{"transactionStatus":"%s","transactionId":"T-%s","transactionRequestId":"%s",\
        "referenceOrderId":"%s","amount":{%s}}}""".formatted(status, id, id, order, amount));
  }

  public static final Answer SILENCE = new Answer.Silent("silence");

  private final class Keys implements Accounts {
    private final Map<String, String> named;

    Keys(Map<String, String> named) {
      this.named = named;
    }

    @Override
    public Account of(String appId, String merchantId) {
      return Stream.of(appId, merchantId)
          .filter(name -> name != null && named.containsKey(name))
          .findFirst()
          .map(name -> new Account(named.get(name)))
          .orElse(Account.DEFAULT);
    }

    @Override
    public boolean isAnothers(String appId, String merchantId) {
      return false;
    }

    @Override
    public Way way(Account account) {
      if (!account.isDefault() && !named.containsValue(account.name())) {
        throw new IllegalArgumentException("no key of " + account);
      }
      return new Way(new Script(account), new HeldBack(account));
    }
  }

  private final class Script implements Platform {
    private final Account account;

    Script(Account account) {
      this.account = account;
    }

    @Override
    public Future<Answer> send(Intent intent, PlatformRequest message) {
      wire.add("send");
      under.add(account.label());
      sent.add(new String(message.body(), StandardCharsets.UTF_8));
      return Future.succeededFuture(next(toSends));
    }

    @Override
    public Future<Answer> call(PlatformRequest message) {
      wire.add(message.target());
      under.add(account.label());
      if (message.body().length > 0) {
        called.add(new String(message.body(), StandardCharsets.UTF_8));
      }
      return Future.succeededFuture(next(toQuestions));
    }

    private Answer next(Deque<Supplier<Answer>> answers) {
      Supplier<Answer> next = answers.poll();
      return next == null ? SILENCE : next.get();
    }

    @Override
    public Future<Boolean> remedy(Remedy remedy, long signedAtMillis) {
      return Future.succeededFuture(false);
    }
  }

  private final class HeldBack extends Unlimited {
    private final Account account;

    HeldBack(Account account) {
      this.account = account;
    }

    @Override
    public Future<Admission> acquireFirstSend(String merchantId, Operation operation) {
      return heldBackBy == null || heldBack != null && !heldBack.equals(account.label())
          ? super.acquireFirstSend(merchantId, operation)
          : Future.succeededFuture(new Admission.Refused(heldBackBy, 1000));
    }

    @Override
    public Future<Admission> acquireResend(String merchantId, Operation operation) {
      return noBudget
          ? Future.succeededFuture(new Admission.Refused(Admission.Reason.SPENT, 200))
          : super.acquireResend(merchantId, operation);
    }

    @Override
    public Future<Optional<ConfirmPlace>> acquireConfirm(String merchantId) {
      return noQuestions
          ? Future.succeededFuture(Optional.empty())
          : super.acquireConfirm(merchantId);
    }
  }

  @Override
  public Future<Void> pause(long millis) {
    pass(millis);
    return Future.succeededFuture();
  }

  @Override
  public void schedule(long millis, PaymentId id) {
    nudges.put(id, nowMillis() + millis);
  }

  @Override
  public Future<Void> awaitChange(PaymentId id, long atMostMillis) {
    pass(atMostMillis);
    List<PaymentId> due =
        nudges.keySet().stream().filter(each -> nudges.get(each) <= nowMillis()).toList();
    due.forEach(nudges::remove);
    due.forEach(flows.retries()::work);
    return Future.succeededFuture();
  }
}
