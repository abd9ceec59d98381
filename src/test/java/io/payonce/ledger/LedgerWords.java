package io.payonce.ledger;

import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.model.Account;
import io.payonce.model.AddedOperation;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.PaymentRef;
import io.payonce.model.Reply;
import io.payonce.model.Shards;
import io.payonce.model.TimelineEvent;
import io.payonce.recovery.History;
import io.payonce.recovery.Stage;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;

/** The words in which tests talk about ledgers. */
public abstract class LedgerWords {
  /** Longer than any test. */
  public static final long LEASE = 3_600_000;

  public static final long KEEP = 86_400_000;
  public static final String BODY = "{\"orderAmount\":100}";
  static final Reply ANSWER = Reply.json(bytes("{\"code\":\"0\"}"));

  private static final AtomicInteger MERCHANTS = new AtomicInteger();

  /** Leases outlast the test. */
  public Ledger ledger;

  /** The same ledger seen by a pod whose leases are over as soon as they are given. */
  public Ledger expired;

  /** A pod's view of the one ledger of this test class. */
  public abstract Ledger ledger(LedgerSettings settings);

  /** Lets time pass until {@code condition} holds. */
  public abstract void eventually(BooleanSupplier condition);

  @BeforeEach
  void ledgers() {
    ledger = ledger(settings(LEASE, KEEP, KEEP, true));
    expired = ledger(settings(-1, KEEP, KEEP, true));
  }

  /** An operation that an operator has added. */
  public static Operation charge() {
    return new AddedOperation(
            "charge",
            "/v1/wallet/charge",
            "referenceOrderId",
            "transactionRequestId",
            Operation.Doubt.CONFIRM,
            List.of("walletId"))
        .operation();
  }

  public static LedgerSettings settings(
      long lease, long retention, long tombstone, boolean onePayment) {
    return LedgerSettings.of(lease, retention, tombstone)
        .with(new LedgerSettings.Orders(onePayment, Set.of(), true));
  }

  /** The same, where a begin may happen so long after it was asked for. */
  public static LedgerSettings beginsWithin(long millis, LedgerSettings same) {
    LedgerSettings.Lives lives = same.lives();
    return new LedgerSettings(
        new LedgerSettings.Lives(
            lives.leaseMillis(),
            lives.retentionMillis(),
            lives.tombstoneMillis(),
            millis,
            lives.journalMillis(),
            lives.noticeMillis()),
        same.durability(),
        same.orders(),
        same.home(),
        same.epochs());
  }

  public static <T> T await(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(1, TimeUnit.MINUTES)
          .join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** A payment of a merchant of its own. */
  public static PaymentId fresh() {
    return new PaymentId("merchant" + MERCHANTS.incrementAndGet(), "request");
  }

  /** The same in none of these shards, in which merchants' names meet by chance. */
  public static PaymentId elsewhere(List<Integer> shards) {
    PaymentId id = fresh();
    return shards.contains(Shards.of(id.merchantId())) ? elsewhere(shards) : id;
  }

  public static NewPayment sale(PaymentId id, String order) {
    return payment(id, Operation.SALE, order, BODY);
  }

  /** The same under the key of one of several accounts. */
  public static NewPayment under(Account account, NewPayment payment) {
    return new NewPayment(
        payment.ref(),
        payment.operation(),
        payment.amount(),
        payment.bytes(),
        payment.claim(),
        new NewPayment.Caller(account, payment.appId(), payment.waitMillis(), payment.road()),
        payment.begun());
  }

  public static NewPayment payment(PaymentId id, Operation operation, String order, String body) {
    // Of the form that requests have: what has another is kept in other forms.
    UUID known = UUID.nameUUIDFromBytes(bytes(operation + body));
    byte[] sixteen = ByteBuffer.allocate(16)
        .putLong(known.getMostSignificantBits())
        .putLong(known.getLeastSignificantBits())
        .array();
    String print = Base64.getUrlEncoder().withoutPadding().encodeToString(sixteen);
    return NewPayment.plain(new PaymentRef(id, order, print), operation, bytes(body), 20_000);
  }

  public static BeginResult.Begun begun(Ledger ledger, NewPayment payment) {
    return (BeginResult.Begun) await(ledger.begin(payment));
  }

  public static Settlement paid(String transactionId) {
    return new Settlement(
        Outcome.PAID, ANSWER, History.FIRST, transactionId, "platform-id", true, "paid");
  }

  /** A refund of that payment begins, and is done. */
  public static void refunded(Ledger ledger, PaymentId payer) {
    PaymentId refund = new PaymentId(payer.merchantId(), "refund");
    NewPayment begins = payment(refund, Operation.REFUND, "req:" + payer.requestId(), BODY);
    await(ledger.settlePaid(begun(ledger, begins).intent().lease().payment(), notPaying()));
  }

  public static Settlement notPaying() {
    return new Settlement(Outcome.PAID, ANSWER, History.FIRST, "T9", "platform-id", false, "done");
  }

  public static Settlement unpaid() {
    return new Settlement(
        Outcome.UNPAID, ANSWER, History.FIRST, null, "platform-id", false, "unpaid");
  }

  public static Settlement refused() {
    return new Settlement(
        Outcome.REFUSED, ANSWER, History.FIRST, null, "platform-id", false, "refused");
  }

  public static Settlement released() {
    return new Settlement(
        Outcome.RELEASED, ANSWER, History.FIRST, null, "platform-id", false, "busy");
  }

  public static Deferral deferral(String stage, long pauseMillis) {
    return new Deferral(Stage.read(stage, "1.1.1."), pauseMillis, null, 1, "deferred");
  }

  /** A payment's timeline without its times. */
  public static List<String> events(Payment payment) {
    return payment
        .timeline()
        .lines()
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .map(line -> TimelineEvent.isEncoded(line) ? TimelineEvent.decode(line).flat() : line)
        .toList();
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The same with a journal that is kept for so long; none for 0. */
  public static LedgerSettings journalling(LedgerSettings settings, long journalMillis) {
    LedgerSettings.Lives lives = settings.lives();
    return new LedgerSettings(
        new LedgerSettings.Lives(
            lives.leaseMillis(),
            lives.retentionMillis(),
            lives.tombstoneMillis(),
            lives.beginNotAfterMillis(),
            journalMillis,
            lives.noticeMillis()),
        settings.durability(),
        settings.orders(),
        settings.home(),
        settings.epochs());
  }
}
