package io.payonce.bench;

import com.sun.management.ThreadMXBean;
import io.payonce.ledger.BeginResult;
import io.payonce.ledger.LedgerWords;
import io.payonce.ledger.NewPayment;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Road;
import io.payonce.ledger.Settlement;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.ledger.redis.LocalClock;
import io.payonce.ledger.redis.RedisLedger;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.PaymentRef;
import io.payonce.model.Reply;
import io.payonce.recovery.History;
import io.payonce.redis.RedisLane;
import io.payonce.redis.RedisSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What the ledger alone costs: so many payments begun and settled "paid", so many at a time, on one
 * event loop. Arguments: payments (20000), at a time (32), rounds (4), replicas that must acknowledge
 * each begin (0), and what is written besides, one round each by turns: {@code journal} (default),
 * {@code nothing}, {@code notices} for both the journal and what a caller is to be told; {@code hash} is the journal in
 * a fleet of which one pod cannot read packed records, {@code strings} of which one cannot read the archive;
 * {@code empty} two scripts that do nothing, with as many keys and arguments: what no ledger can be cheaper than;
 * {@code commands} two with the commands of a sale and no decision, {@code fewest} with those that any ledger makes.
 */
public final class LedgerCost {
  private static final byte[] BODY =
      """
      {"appId":"app1","merchantId":"M0000000001","referenceOrderId":"o3x7w1n1234","transactionRequestId":"t3x7w1n1234",\
      "amount":{"orderAmount":1999,"priceCurrency":"USD"},"description":"two books and a pen","terminalSn":"T0001"}"""
          .getBytes(StandardCharsets.UTF_8);

  private static final int MERCHANTS = 50;

  private final RedisLedger ledger;
  private final String prefix = Long.toString(System.nanoTime(), 36);
  private final Road road;
  private final int merchants;
  private long next;

  private LedgerCost(RedisLedger ledger, Road road, int merchants) {
    this.ledger = ledger;
    this.road = road;
    this.merchants = merchants;
  }

  public static void main(String[] args) throws Exception {
    int payments = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
    int atATime = args.length > 1 ? Integer.parseInt(args[1]) : 32;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 4;
    int replicas = args.length > 3 ? Integer.parseInt(args[3]) : 0;
    List<String> besides = List.of(args.length > 4 ? args[4].split(",") : new String[] {"journal"});
    Vertx vertx = Vertx.vertx();
    try (Tools tools = new Tools();
        Store store = new Store(tools, replicas)) {
      for (int round = 0; round < rounds * besides.size(); round++) {
        String what = besides.get(round % besides.size());
        store.clear();
        long bytes = store.usedBytes();
        Usage before = store.usage();
        long since = System.nanoTime();
        long[] own = wait(run(vertx, RedisSettings.standalone(store.uri()), payments, atATime, replicas, what, MERCHANTS));
        long tookNanos = System.nanoTime() - since;
        Usage after = store.usage();
        System.out.printf(
            "%-8s Redis %.1f us, loop %.1f us, allocated %d B, kept %d B a payment; begin to settled %.2f ms, %.0f/s%n",
            what,
            (double) (after.cpuMicros() - before.cpuMicros()) / payments,
            own[0] / 1e3 / payments,
            own[1] / payments,
            (store.usedBytes() - bytes) / payments,
            tookNanos / 1e6 * atATime / payments,
            payments * 1e9 / tookNanos);
      }
    } finally {
      vertx.close();
    }
    System.exit(0);
  }

  static <T> T wait(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  /** The merchants take turns. */
  static Future<long[]> run(
      Vertx vertx, RedisSettings settings, int payments, int atATime, int merchants) {
    return run(vertx, settings, payments, atATime, 0, "journal", merchants);
  }

  static String merchant(long number) {
    return "M%010d".formatted(number);
  }

  /** Answers with CPU (ns) and bytes that the event loop used. */
  private static Future<long[]> run(
      Vertx vertx,
      RedisSettings settings,
      int payments,
      int atATime,
      int replicas,
      String besides,
      int merchants) {
    LedgerSettings usual = LedgerSettings.of(15_000, 86_400_000, 604_800_000)
        .with(new LedgerSettings.Durability(replicas, Duration.ofMillis(500)));
    Promise<long[]> answer = Promise.promise();
    vertx.getOrCreateContext().runOnContext(v -> {
      RedisLane lane = RedisLane.open(vertx, settings);
      LedgerCost cost = new LedgerCost(new RedisLedger(
          lane,
          new Sealer(new byte[Sealer.KEY_BYTES]),
          besides.equals("nothing") ? LedgerWords.journalling(usual, 0) : usual,
          LocalClock.of(vertx),
          LedgerSize.abilities(besides)),
          besides.equals("notices") ? new Road("https://shop.example/hooks/nexus?order=o3x7w1n1234") : null,
          merchants);
      Tools.connected(vertx, lane)
          .compose(connected -> {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long cpu = threads.getCurrentThreadCpuTime();
            long bytes = threads.getCurrentThreadAllocatedBytes();
            return AtATime.run(payments, atATime, cost.payment(besides, lane)).map(done -> new long[] {
              threads.getCurrentThreadCpuTime() - cpu,
              threads.getCurrentThreadAllocatedBytes() - bytes
            });
          })
          .eventually(lane::close)
          .onComplete(answer);
    });
    return answer.future();
  }

  private Supplier<Future<?>> payment(String besides, RedisLane lane) {
    return switch (besides) {
      case "empty" -> () -> EmptyScripts.begin(lane).compose(begun -> EmptyScripts.settle(lane));
      case "commands" -> () -> both(CommandScripts.ALL, lane);
      case "fewest" -> () -> both(CommandScripts.FEWEST, lane);
      default -> this::one;
    };
  }

  private Future<?> both(CommandScripts scripts, RedisLane lane) {
    CommandScripts.Sale sale = scripts.sale(prefix, next++, merchants);
    return sale.begin(lane).compose(begun -> sale.settle(lane));
  }

  private Future<?> one() {
    String name = prefix + "w1n" + next++;
    PaymentId id = new PaymentId(merchant(next % merchants), "t" + name);
    NewPayment payment = NewPayment.plain(new PaymentRef(id, "o" + name, "AAAAAAAAAAAAAAAAAAAAAA"), Operation.SALE, BODY, 20_000)
        .over(road, "app1");
    return ledger
        .begin(payment)
        .compose(begin -> settle((BeginResult.Begun) begin, name));
  }

  private Future<?> settle(BeginResult.Begun begun, String name) {
    String transaction = "5f3a" + name + "0123456789abcdef";
    return ledger.settle(
        begun.intent().lease(),
        new Settlement(
            Outcome.PAID,
            Reply.json(Nginx.paid(transaction).getBytes(StandardCharsets.UTF_8)),
            History.FIRST,
            transaction,
            "t" + name,
            true,
            "platform: S; paid"));
  }
}
