package io.payonce.ledger.redis;

import io.payonce.model.Account;
import io.payonce.model.PaymentId;
import io.payonce.model.Whose;
import io.payonce.validation.RequestRules;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells which records belong to this pod's platform: a payment that another platform was sent is
 * never confirmed, sent or settled here. It remembers the strangers it has met for a while, to
 * count them and to look past them. One a pod; thread-safe.
 */
public final class HomePlatform {
  private static final Logger LOG = LoggerFactory.getLogger(HomePlatform.class);

  /** A worker passes each stranger once a lease at least; whoever is not met again has ended. */
  private static final int LEASES = 4;

  /** They are counted and looked past; more would fill the heap for no other use. */
  private static final int MOST = 10_000;

  /** Stands between a platform's name and that of one of its accounts; no name has it. */
  private static final String OF = "/";

  private final String own;
  private final Map<String, Account> accounts;
  private final String names;
  private final long deadlineMillis;
  private final long leaseNanos;
  private final LongSupplier nanos;
  private final Map<PaymentId, Met> met = new ConcurrentHashMap<>();
  private final Map<String, Boolean> warned = new ConcurrentHashMap<>();
  private volatile String first;

  private record Met(String platform, long atNanos) {}

  /**
   * @param own the name of the platform that this pod sends to
   * @param deadlineMillis when a payment that no pod here may work on is listed for review
   */
  public HomePlatform(String own, long deadlineMillis, long leaseMillis, LongSupplier nanos) {
    this(own, Set.of(), deadlineMillis, leaseMillis, nanos);
  }

  /** The same of a pod that has further keys of the platform, by these names. */
  public HomePlatform(
      String own, Set<String> named, long deadlineMillis, long leaseMillis, LongSupplier nanos) {
    this.own = own;
    this.accounts = Stream.concat(Stream.of(Account.DEFAULT), named.stream().map(Account::new))
        .collect(Collectors.toMap(this::of, account -> account));
    this.names = accounts.keySet().stream().sorted().collect(Collectors.joining(" ", " ", " "));
    this.first = own;
    this.deadlineMillis = deadlineMillis;
    this.leaseNanos = TimeUnit.MILLISECONDS.toNanos(leaseMillis);
    this.nanos = nanos;
  }

  /** For a ledger that has one platform only. */
  public static HomePlatform only() {
    return new HomePlatform("platform", 600_000, 15_000, System::nanoTime);
  }

  public String own() {
    return own;
  }

  /** The platform whose records name none: those of the first version. */
  public String first() {
    return first;
  }

  /** The ledger says which one that is. */
  public void first(String name) {
    first = name;
  }

  public long deadlineMillis() {
    return deadlineMillis;
  }

  /**
   * What a record of that account names as its platform. To programs that know of no accounts it is
   * another platform, whose payments they leave alone.
   */
  public String of(Account account) {
    return account.isDefault() ? own : own + OF + account.name();
  }

  /** All that records of this pod's name as their platform, each between two blanks. */
  String names() {
    return names;
  }

  /** What records name, and the number after it, each between two blanks. */
  String named(Map<Account, Long> numbers) {
    if (numbers.isEmpty()) {
      return " ";
    }
    StringBuilder all = new StringBuilder(" ");
    numbers.forEach(
        (account, number) -> all.append(of(account)).append(' ').append(number).append(' '));
    return all.toString();
  }

  /** The same, one by one. */
  Map<String, Account> accounts() {
    return accounts;
  }

  /** Whose a record is that names this platform, or none. */
  public Whose whose(String named) {
    String of = named == null || named.isEmpty() ? first : named;
    Account account = accounts.get(of);
    return account == null ? Whose.stranger(of) : Whose.of(account);
  }

  /**
   * A name that this platform gave a transaction, as the ledger keeps it: two platforms may give
   * the same. Those of the first one stay as programs of the first version wrote them.
   */
  public String named(String name) {
    return own.equals(first) ? name : own + "/" + name;
  }

  /** The same of an order's name that may be such a one. */
  public String ordered(String order) {
    return order != null && order.startsWith(RequestRules.NAMED)
        ? RequestRules.NAMED + named(order.substring(RequestRules.NAMED.length()))
        : order;
  }

  public void meet(PaymentId id, String platform) {
    if (met.size() < MOST || met.containsKey(id)) {
      met.put(id, new Met(platform, nanos.getAsLong()));
    }
    if (warned.size() < MOST && warned.putIfAbsent(platform, true) == null) {
      LOG.warn(
          "payments of the platform {} are unsettled; only pods of that platform (upstream.name,"
              + " and after a / the name of one of its accounts) can settle them, this one works for {}",
          platform,
          names.strip().replace(" ", ", "));
    }
  }

  /** Whether it was met so lately that it need not be looked at again. */
  public boolean passes(PaymentId id) {
    Met before = met.get(id);
    return before != null && nanos.getAsLong() - before.atNanos() < leaseNanos;
  }

  /** The unsettled payments of each other platform that were met of late. */
  public Map<String, Long> strangers() {
    long now = nanos.getAsLong();
    met.values().removeIf(one -> now - one.atNanos() > LEASES * leaseNanos);
    return met.values().stream()
        .collect(Collectors.groupingBy(Met::platform, Collectors.counting()));
  }
}
