package io.payonce.ledger.maintenance;

import io.payonce.ledger.Ledger;
import io.payonce.ledger.redis.Canary;
import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.ledger.redis.LedgerScript;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.ledger.redis.ScriptRunner;
import io.payonce.model.Abilities;
import io.payonce.model.Ability;
import io.payonce.model.Shards;
import io.payonce.redis.RedisLane;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pod's view of what its fleet can do. Pods announce their abilities in Redis; those of the
 * first version announce nothing, but take canaries away ({@link Canary}). So a new form may be
 * written when all that is announced has it, and every shard's canary has stood for a quiet time.
 */
public final class RedisAbilities implements Abilities {
  private static final Logger LOG = LoggerFactory.getLogger(RedisAbilities.class);

  /**
   * How long a canary must have stood. A pod of the first version that is stopped looks after
   * nothing more while it finishes its calls, by default for 25 s; and one that has its hands full
   * looks again when a call to the platform ends, after 14 s. At half, both together would be
   * longer; at double, an update is longer in coming into force.
   */
  public static final long QUIET_MILLIS = 60_000;

  /**
   * How long what was seen counts, and what a pod said after it was heard last: a Redis whose clock
   * has jumped ahead takes all that was said for long over, until each pod says it again. Twice
   * what a stalled Redis takes; a round takes 2 s.
   */
  static final long FRESH_MILLIS = 10_000;

  /** Begins the word that names a pod's key. */
  private static final String SEALS = "seals:";

  private final LongSupplier nanos;
  private final long quietMillis;
  private final String pod;
  private final Set<Ability> own;
  private final long[] lookedAtNanos = new long[Shards.COUNT];
  private final boolean[] looked = new boolean[Shards.COUNT];

  private volatile Set<Ability> announced = Set.of();
  private volatile Set<String> preferred = Set.of();
  private Supplier<String> preference = () -> "";
  private volatile long announcedAtNanos;
  private volatile long oldestLookNanos;
  private volatile boolean complete;
  private volatile long quietFromNanos;
  private volatile int live = 1;
  private boolean saidAll;
  /** What pods have said, and when it was heard last. */
  private final Map<String, Long> heardAtNanos = new HashMap<>();

  /**
   * @param pod a name that no other pod has
   * @param quietMillis {@link #QUIET_MILLIS}, or 0 where no other pod can be
   */
  public RedisAbilities(String pod, long quietMillis, LongSupplier nanos) {
    this(pod, quietMillis, nanos, EnumSet.allOf(Ability.class));
  }

  RedisAbilities(String pod, long quietMillis, LongSupplier nanos, Set<Ability> own) {
    this.pod = pod;
    this.quietMillis = quietMillis;
    this.nanos = nanos;
    this.own = own;
    this.quietFromNanos = nanos.getAsLong();
  }

  /** From now on this pod also says which key it wants the ledger sealed with. */
  public RedisAbilities preferring(Supplier<String> keyName) {
    preference = keyName;
    return this;
  }

  /** The name of the key that every live pod wants the ledger sealed with; empty for none. */
  Optional<String> preferredByAll() {
    Set<String> all = preferred;
    return all(Ability.KEYS) && all.size() == 1
        ? all.stream().filter(name -> !name.isEmpty()).findFirst()
        : Optional.empty();
  }

  @Override
  public boolean all(Ability ability) {
    return announced.contains(ability) && nanos.getAsLong() - quietFromNanos >= 0 && known();
  }

  @Override
  public boolean known() {
    long now = nanos.getAsLong();
    return complete
        && now - announcedAtNanos < millis(FRESH_MILLIS)
        && now - oldestLookNanos < millis(FRESH_MILLIS);
  }

  @Override
  public synchronized void looked(int shard, long nowMillis, long sinceMillis) {
    long now = nanos.getAsLong();
    lookedAtNanos[shard] = now;
    looked[shard] = true;
    long quietFrom = now + millis(quietMillis - (nowMillis - sinceMillis));
    if (quietFrom - quietFromNanos > 0) {
      quietFromNanos = quietFrom;
    }
  }

  /**
   * Says what this pod can, and reads what others can. To be called once a second; fails when Redis
   * is away, and then nothing counts as known before long.
   */
  public Future<Void> announce(RedisLane lane, LedgerSettings settings) {
    return new ScriptRunner(lane, settings)
        .make(
            LedgerScript.ANNOUNCE,
            List.of(LedgerKeys.pods()),
            List.of(pod, words(own) + preferenceWord(), QUIET_MILLIS))
        .map(reply -> {
          heard(reply.rest().get(1));
          return null;
        });
  }

  /** Looks at every shard at once: at a start, no round was made yet. */
  public Future<Void> lookAround(Ledger ledger) {
    return Future.join(IntStream.range(0, Shards.COUNT)
            .mapToObj(shard -> ledger.due(shard, 0))
            .toList())
        .map(done -> {
          count();
          return null;
        });
  }

  /** Others need not wait for this pod's word any more. */
  public Future<Void> leave(RedisLane lane, LedgerSettings settings) {
    return new ScriptRunner(lane, settings)
        .make(LedgerScript.LEAVE, List.of(LedgerKeys.pods()), List.of(pod))
        .mapEmpty();
  }

  /** How many pods have announced themselves of late, this one among them. */
  public int pods() {
    return live;
  }

  private void heard(Response pods) {
    long now = nanos.getAsLong();
    long since = now - millis(Math.min(quietMillis, FRESH_MILLIS));
    if (now - announcedAtNanos
        > millis(FRESH_MILLIS / 2)) { // who was not heard was not listened to
      heardAtNanos.replaceAll((words, at) -> now);
    }
    boolean isNews = false;
    for (Response words : pods) {
      isNews |= heardAtNanos.put(words.toString(), now) == null;
    }
    isNews |= heardAtNanos.values().removeIf(at -> at - since < 0);
    if (isNews) { // a fleet says the same for hours, each second
      learn(heardAtNanos.keySet());
    }
    live = Math.max(1, pods.size());
    announcedAtNanos = now;
    count();
  }

  private void learn(Set<String> pods) {
    announced = Arrays.stream(Ability.values())
        .filter(ability -> pods.stream().allMatch(words -> has(words, ability)))
        .collect(Collectors.toUnmodifiableSet());
    preferred =
        pods.stream().map(RedisAbilities::preferenceIn).collect(Collectors.toUnmodifiableSet());
  }

  private String preferenceWord() {
    return preference.get().isEmpty() ? "" : " " + SEALS + preference.get();
  }

  /** Empty when that pod has said nothing of it. */
  private static String preferenceIn(String words) {
    return Arrays.stream(words.split(" "))
        .filter(word -> word.startsWith(SEALS))
        .map(word -> word.substring(SEALS.length()))
        .findFirst()
        .orElse("");
  }

  private static boolean has(String words, Ability ability) {
    return List.of(words.split(" ")).contains(ability.word());
  }

  private synchronized void count() {
    long now = nanos.getAsLong();
    long longest = Long.MIN_VALUE;
    boolean all = true;
    for (int shard = 0; shard < Shards.COUNT; shard++) { // each second: no stream
      longest = Math.max(longest, now - lookedAtNanos[shard]);
      all &= looked[shard];
    }
    oldestLookNanos = now - longest;
    complete = all;
    say();
  }

  /** Once for each change: which forms are written is for operators to know, too. */
  private void say() {
    boolean all = own.stream().allMatch(this::all);
    if (all != saidAll && complete) {
      saidAll = all;
      LOG.info(
          all
              ? "all live pods read this version's records: they are written from now on"
              : "an earlier version may be running, or Redis is silent: records take the earlier form");
    }
  }

  private static String words(Set<Ability> abilities) {
    return abilities.stream().map(Ability::word).collect(Collectors.joining(" "));
  }

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
