package io.payonce.bench;

import io.payonce.ledger.BeginResult;
import io.payonce.ledger.LedgerWords;
import io.payonce.ledger.NewPayment;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Settlement;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.ledger.redis.LocalClock;
import io.payonce.ledger.redis.RedisLedger;
import io.payonce.ledger.sealing.EncryptionKeyRing;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.model.Abilities;
import io.payonce.model.Ability;
import io.payonce.model.Account;
import io.payonce.model.Amount;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.PaymentRef;
import io.payonce.model.Reply;
import io.payonce.model.Scope;
import io.payonce.model.TimelineEvent;
import io.payonce.recovery.History;
import io.payonce.redis.RedisLane;
import io.payonce.redis.RedisSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * What a paid payment keeps in Redis, by {@code used_memory}: in the day of its replays, after it, and after the keep
 * time; the journal of outcomes apart. Through the real ledger, its answer has 200 bytes, names have 20 characters,
 * merchants 10, of which there are 2,000. Time is made short instead of waited for: of "after the day" the records
 * live for a millisecond, the rest as ever; of "after eight days" both do; then every key is looked at, which is when
 * Redis frees what is over. Arguments: payments (100000), and which forms (each by itself, the fleet without some
 * abilities): {@code hash,strings,archive}; and whose names: {@code usual}, {@code uuid} (ids and orders are UUIDs),
 * {@code app} (they are unique in an application of the merchant), or {@code uuid,app}.
 */
public final class LedgerSize {
  private static final long DAY = 86_400_000;
  private static final int AT_A_TIME = 16;
  private static final int MERCHANTS = 2000;

  private final RedisLedger ledger;
  private final String prefix;
  private final String names;
  private long next;

  private LedgerSize(RedisLedger ledger, String prefix, String names) {
    this.ledger = ledger;
    this.prefix = prefix;
    this.names = names;
  }

  public static void main(String[] args) throws Exception {
    int payments = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
    List<String> forms = List.of((args.length > 1 ? args[1] : "hash,strings,archive").split(","));
    String names = args.length > 2 ? args[2] : "usual";
    Vertx vertx = Vertx.vertx();
    try (Tools tools = new Tools();
        Store store = new Store(tools)) {
      System.out.printf("Redis %s, %d payments, %s names; bytes of used_memory a payment%n", store.version(), payments, names);
      for (String form : forms) {
        long day = bytes(vertx, store, payments, form, names, LedgerWords.journalling(LedgerSettings.of(15_000, DAY, 7 * DAY), 0));
        long after = bytes(vertx, store, payments, form, names, LedgerWords.journalling(LedgerSettings.of(15_000, 1, 8 * DAY), 0));
        long gone = bytes(vertx, store, payments, form, names, LedgerWords.journalling(LedgerSettings.of(15_000, 1, 0), 0));
        long journal = bytes(vertx, store, payments, form, names, LedgerSettings.of(15_000, DAY, 7 * DAY));
        System.out.printf(
            "%-8s in the day %d, after it %d, after eight days %d; the journal besides %d%n",
            form, day, after, gone, journal - day);
      }
    } finally {
      vertx.close();
    }
    System.exit(0);
  }

  private static long bytes(
      Vertx vertx, Store store, int payments, String form, String names, LedgerSettings settings)
      throws Exception {
    store.clear();
    run(vertx, store, 200, form, names, settings); // scripts, and what each shard has once
    store.expire();
    long before = store.usedMemory();
    run(vertx, store, payments, form, names, settings);
    store.expire();
    return (store.usedMemory() - before) / payments;
  }

  private static void run(
      Vertx vertx, Store store, int payments, String form, String names, LedgerSettings settings)
      throws Exception {
    Promise<Void> end = Promise.promise();
    vertx.getOrCreateContext().runOnContext(v -> {
      RedisLane lane = RedisLane.open(vertx, RedisSettings.standalone(store.uri()));
      EncryptionKeyRing keys =
          new EncryptionKeyRing(new byte[Sealer.KEY_BYTES], List.of()).namedWhile(() -> true);
      LedgerSize size = new LedgerSize(
          new RedisLedger(lane, new Sealer(keys), settings, LocalClock.of(vertx), abilities(form)),
          String.format(Locale.ROOT, "2026%05d", System.nanoTime() / 1000 % 100_000),
          names);
      Tools.connected(vertx, lane)
          .compose(connected -> AtATime.run(payments, AT_A_TIME, size::one))
          .eventually(lane::close)
          .onComplete(end);
    });
    end.future().toCompletionStage().toCompletableFuture().get(10, TimeUnit.MINUTES);
  }

  static Abilities abilities(String form) {
    return switch (form) {
      case "hash" -> ability -> ability != Ability.PACKED && ability != Ability.ARCHIVE;
      case "strings" -> ability -> ability != Ability.ARCHIVE;
      default -> Abilities.ALL;
    };
  }

  private Future<?> one() {
    String name = name(next++);
    String merchant = String.format(Locale.ROOT, "M%09d", next % MERCHANTS);
    Scope scope = names.contains("app") ? Scope.APP : Scope.MERCHANT;
    PaymentId id = new PaymentId(scope.owner(merchant, "app-0001"), named("t", name));
    return ledger
        .begin(payment(id, named("o", name)))
        .compose(begin -> settle((BeginResult.Begun) begin, id, name));
  }

  private String named(String kind, String name) {
    return names.contains("uuid")
        ? UUID.nameUUIDFromBytes((kind + name).getBytes(StandardCharsets.UTF_8)).toString()
        : kind + name;
  }

  /** Of 19 characters, as a shop makes them. */
  private String name(long number) {
    return String.format(Locale.ROOT, "%s%010d", prefix, number);
  }

  /** As a caller gets it: 200 bytes. */
  private static Reply answer(String transaction) {
    String said = Nginx.paid(transaction);
    return Reply.json((said.substring(0, said.length() - 2) + ",\"orderAmount\":1999,\"priceCurrency\":\"USD\",\"x\":\""
            + "x".repeat(200)).substring(0, 197).concat("\"}}").getBytes(StandardCharsets.UTF_8));
  }

  private Future<?> settle(BeginResult.Begun begun, PaymentId id, String name) {
    String transaction = "TX" + name;
    return ledger.settle(
        begun.intent().lease(),
        new Settlement(
            Outcome.PAID,
            answer(transaction),
            History.FIRST,
            transaction,
            id.requestId(),
            true,
            TimelineEvent.of(TimelineEvent.Kind.ANSWERED)
                .with(TimelineEvent.Field.STATUS, "S")
                .with(TimelineEvent.Field.REPORT, "PAID")
                .with(TimelineEvent.Field.TRANSACTION, transaction)
                .with(TimelineEvent.Field.TRACE, "TR" + name)
                .with(TimelineEvent.Field.RULE, "the platform says it is done")
                .encode()));
  }

  private static NewPayment payment(PaymentId id, String order) {
    return new NewPayment(
        new PaymentRef(id, order, "q1W2e3R4t5Y6u7I8o9P0aA"),
        Operation.SALE,
        new Amount(1999L, "USD"),
        new NewPayment.Bytes(new byte[250], new byte[250]),
        NewPayment.OrderClaim.NONE,
        new NewPayment.Caller(Account.DEFAULT, "app-0001", 20_000, null),
        TimelineEvent.of(TimelineEvent.Kind.BEGUN)
            .with(TimelineEvent.Field.CLIENT, "shop")
            .with(TimelineEvent.Field.TERMINAL, "T0001"));
  }
}
