package io.payonce.world;

import io.payonce.codes.Remedy;
import io.payonce.flow.FlowFixture;
import io.payonce.flow.Flows;
import io.payonce.flow.ToUs;
import io.payonce.flow.Unheard;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.FlowSettings;
import io.payonce.flow.port.InboundWebhook;
import io.payonce.flow.port.OutcomeSignal;
import io.payonce.flow.port.RetryHint;
import io.payonce.flow.port.Sightings;
import io.payonce.json.EnvelopeScan;
import io.payonce.ledger.FakeLedger;
import io.payonce.ledger.FakeSight;
import io.payonce.ledger.FakeStore;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.limit.Unlimited;
import io.payonce.model.Account;
import io.payonce.model.Answer;
import io.payonce.model.Intent;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import io.payonce.platform.Platform;
import io.payonce.platform.PlatformRequest;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Payments at terminals in virtual time: the platform takes each at once ("dispatched") and knows
 * its end when the customer has paid; it reports that, or the report is lost.
 */
final class TerminalStreet
    implements Platform, VirtualTime, OutcomeSignal, RetryHint, Unheard, ToUs {
  private static final long TRIP_MILLIS = 40;
  private static final long SWEEP_MILLIS = 250;
  private static final int SHARD = FakeSight.shardOf(Requests.MERCHANT);

  /** From the end at the platform to the end of its call to us. */
  private static final int REPORT_MILLIS = 400;

  final Agenda agenda = new Agenda();
  private final FakeStore store = new FakeStore(agenda::nowMillis);
  private final Sightings sightings = new Sightings(this::nanos);
  private final Chance chance;
  private final boolean ours;
  private final int lostPercent;
  private final FakeLedger ledger;
  private final Flows flows;
  private final Map<String, Long> endsAt = new HashMap<>();
  private long heardAtMillis;
  private int calls;

  final Map<String, Integer> queries = new HashMap<>();

  /** How long after its end at the platform each payment was known to have ended. */
  final Map<String, Long> lateMillis = new HashMap<>();

  /**
   * @param ours whether the platform reports to us
   * @param lostPercent how many of a hundred reports do not arrive
   */
  TerminalStreet(Chance chance, boolean ours, int lostPercent) {
    this.chance = chance;
    this.ours = ours;
    this.lostPercent = lostPercent;
    // A day like any other: reports came a moment ago, unless none ever comes.
    heardAtMillis = lostPercent < 100 ? agenda.nowMillis() : 0;
    LedgerSettings settings = LedgerSettings.of(
        15_000, Duration.ofDays(1).toMillis(), Duration.ofDays(7).toMillis());
    ledger = new FakeLedger(store, settings, agenda::nowMillis, this::nanos);
    FlowSettings flow = FlowFixture.with(FlowSettings.Orders.USUAL);
    flows = new Flows(
        ledger,
        Accounts.only(this, new Unlimited()),
        this,
        this,
        this,
        this,
        ours ? flow.over(this) : flow);
    sweep();
  }

  /** The retry verticle. */
  private void sweep() {
    agenda.in(SWEEP_MILLIS, () -> {
      ledger.due(SHARD, 100).result().forEach(flows.retries()::work);
      sweep();
    });
  }

  /** A sale whose customer has paid so long after it was dispatched. */
  void sale(String id, long paysAfterMillis) {
    endsAt.put(id, agenda.nowMillis() + paysAfterMillis);
    queries.put(id, 0);
    flows.handle(Requests.pay(Operation.SALE, id, 1000, 20_000, ++calls));
    if (ours && chance.below(100) >= lostPercent) {
      agenda.in(paysAfterMillis + 1 + chance.below(REPORT_MILLIS), () -> report(id));
    }
  }

  private void report(String id) {
    heardAtMillis = agenda.nowMillis();
    PaymentId payment = new PaymentId(Requests.MERCHANT, id);
    flows
        .webhooks()
        .handle(new InboundWebhook(
            Set.of(Account.DEFAULT), payment, Requests.MERCHANT, "a1", status(id, "S"), "w"));
  }

  private static Answer.Spoken status(String id, String status) {
    byte[] body =
        """
        {"code":"0","data":{"transactionStatus":"%s","transactionId":"T-%s","transactionRequestId":"%s",\
        "referenceOrderId":"%s","amount":{"orderAmount":1000,"priceCurrency":"USD"}}}""".formatted(status, id, id, Requests.orderOf(id)).getBytes(StandardCharsets.UTF_8);
    return new Answer.Spoken(Reply.json(body), EnvelopeScan.scan(body), -1);
  }

  @Override
  public Future<Answer> send(Intent intent, PlatformRequest message) {
    String id = intent.lease().id().requestId();
    return pause(TRIP_MILLIS).map(sent -> status(id, "P"));
  }

  @Override
  public Future<Answer> call(PlatformRequest message) {
    String id = message.target().substring(message.target().lastIndexOf('=') + 1);
    queries.merge(id, 1, Integer::sum);
    return pause(TRIP_MILLIS)
        .map(asked -> status(id, agenda.nowMillis() >= endsAt.get(id) ? "S" : "P"));
  }

  @Override
  public Future<Boolean> remedy(Remedy remedy, long stampedAtMillis) {
    return Future.succeededFuture(false);
  }

  @Override
  public long sinceReportMillis(Account account) {
    return agenda.nowMillis() - heardAtMillis;
  }

  @Override
  public Sightings sightings() {
    return sightings;
  }

  @Override
  public Agenda agenda() {
    return agenda;
  }

  @Override
  public Chance dice() {
    return chance;
  }

  @Override
  public Future<Void> awaitChange(PaymentId id, long atMostMillis) {
    return pause(atMostMillis);
  }

  @Override
  public void announce(PaymentId id) {
    String of = id.requestId();
    if (!ledger.find(id).result().orElseThrow().isEnded()) {
      return;
    }
    lateMillis.putIfAbsent(of, agenda.nowMillis() - endsAt.get(of));
  }

  @Override
  public void schedule(long millis, PaymentId id) {
    agenda.in(millis + 3, () -> flows.retries().work(id));
  }
}
