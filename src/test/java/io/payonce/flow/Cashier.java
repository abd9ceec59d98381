package io.payonce.flow;

import io.payonce.codes.Code;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.FlowSettings;
import io.payonce.flow.port.Outbound;
import io.payonce.json.EnvelopeScan;
import io.payonce.ledger.FakeSight;
import io.payonce.limit.Unlimited;
import io.payonce.model.Account;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Scope;
import io.payonce.model.SessionPolicy;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;

/** One merchant's calls to the flows on a fake ledger, in a time that passes while they wait. */
final class Cashier extends FlowFixture {
  static final String MERCHANT = "M1";
  static final String ORDER = "order-1";

  private static final byte[] NONE = {};
  private static final long TICK_MILLIS = 50;

  final Checkout checkout = new Checkout();
  private final FakeSight sight = new FakeSight(store);
  private final Flows flows;

  Cashier() {
    this(false);
  }

  Cashier(boolean oneUnreferencedRefund) {
    flows = new Flows(
        ledger,
        Accounts.only(checkout, new Unlimited()),
        this,
        this,
        this,
        this,
        new FlowSettings(
            3000,
            1000,
            new FlowSettings.Recovery(100, 2000, 3, true, false, 600_000),
            new FlowSettings.Orders(
                SessionPolicy.REPLACE, 5000, false, oneUnreferencedRefund, Scope.MERCHANT)));
  }

  private int calls;
  private boolean working;

  /** Passes, and all that comes due is worked on; ticks at which nothing can be due are skipped. */
  @Override
  public void pass(long millis) {
    long until = nowMillis() + millis;
    for (long now = nowMillis(); now < until; now = nowMillis()) {
      long quiet = working ? millis : sight.earliestDueMillis() - now - 1;
      long ticks = 1 + Math.max(0, Math.min(quiet, until - now)) / TICK_MILLIS;
      super.pass(Math.min(until - now, ticks * TICK_MILLIS));
      work();
    }
  }

  /** Passes while no call works. */
  void sleep(long millis) {
    super.pass(millis);
  }

  private void work() {
    if (!working) {
      working = true;
      ledger
          .due(FakeSight.shardOf(MERCHANT), 32)
          .onSuccess(due -> due.forEach(id -> flows.retries().work(id)));
      working = false;
    }
  }

  Outbound sale(String id) {
    return call(Operation.SALE, money(id, 100) + order());
  }

  Outbound auth(String id) {
    return call(Operation.AUTH, money(id, 100) + order());
  }

  Outbound refund(String id, String original, long amount) {
    return call(Operation.REFUND, money(id, amount) + of(original));
  }

  Outbound refundByName(String id, String transactionId, long amount) {
    return call(
        Operation.REFUND,
        money(id, amount) + ",\"originalTransactionId\":\"" + transactionId + '"');
  }

  Outbound refundOfOrder(String id, long amount) {
    return call(Operation.REFUND, money(id, amount) + order());
  }

  Outbound voidOf(String id, String original) {
    return call(
        Operation.VOID,
        "\"transactionRequestId\":\"" + id + "\",\"description\":\"d\",\"terminalSn\":\"t\""
            + of(original));
  }

  /** As another pod does in the middle of a call here; its send has not left yet. */
  void begin(String id) {
    begin(new PaymentId(MERCHANT, id), Operation.SALE, ORDER, NONE);
  }

  private Outbound call(Operation operation, String members) {
    byte[] body = ("{\"appId\":\"a\",\"merchantId\":\"" + MERCHANT + "\"," + members + "}")
        .getBytes(StandardCharsets.UTF_8);
    Future<Outbound> answered =
        flows.handle(Calls.of(operation, null, body, 3000, "call-" + ++calls));
    if (answered.failed()) {
      throw new IllegalStateException(answered.cause());
    }
    return answered.result();
  }

  private static String money(String id, long amount) {
    return "\"transactionRequestId\":\"" + id + "\",\"amount\":{\"orderAmount\":" + amount
        + ",\"priceCurrency\":\"USD\"},\"description\":\"d\",\"terminalSn\":\"t\"";
  }

  private static String of(String original) {
    return ",\"originalTransactionRequestId\":\"" + original + '"';
  }

  private static String order() {
    return ",\"referenceOrderId\":\"" + ORDER + '"';
  }

  /** The code, or with code 0 the status. */
  static String word(Outbound answered) {
    var said = EnvelopeScan.scan(answered.reply().body());
    return said.status() == null || !said.code().equals("0")
        ? said.code()
        : String.valueOf(said.status().letter());
  }

  static String text(Outbound answered) {
    return new String(answered.reply().body(), StandardCharsets.UTF_8);
  }

  int sent(String id) {
    return checkout.sends.getOrDefault(id, 0);
  }

  @Override
  public Future<Void> pause(long millis) {
    pass(millis);
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> awaitChange(PaymentId id, long atMostMillis) {
    return pause(atMostMillis);
  }

  @Override
  public void remedyFailed(Account account, Operation operation, String merchantId, Code code) {
    throw new AssertionError(code + " is no fault of ours");
  }
}
