package io.payonce.ledger.maintenance;

import static io.payonce.ledger.LedgerWords.KEEP;
import static io.payonce.ledger.LedgerWords.LEASE;
import static io.payonce.ledger.LedgerWords.await;
import static io.payonce.ledger.LedgerWords.begun;
import static io.payonce.ledger.LedgerWords.fresh;
import static io.payonce.ledger.LedgerWords.paid;
import static io.payonce.ledger.LedgerWords.sale;
import static io.payonce.ledger.LedgerWords.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.payonce.ledger.BeginResult;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerWords;
import io.payonce.ledger.NewPayment;
import io.payonce.ledger.Road;
import io.payonce.ledger.UnreadableRecord;
import io.payonce.ledger.redis.EmptyRedis;
import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.ledger.redis.LocalClock;
import io.payonce.ledger.redis.LongQuiet;
import io.payonce.ledger.redis.RedisLedger;
import io.payonce.ledger.sealing.EncryptionKey;
import io.payonce.ledger.sealing.EncryptionKeyRing;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.model.Abilities;
import io.payonce.model.Ability;
import io.payonce.model.Lease;
import io.payonce.model.PaymentId;
import io.payonce.model.PaymentRef;
import io.vertx.redis.client.Command;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys that change under a ledger in use. */
class KeyAgreementTest extends EmptyRedis {
  private static final byte[] A = key(1);
  private static final byte[] B = key(2);
  private static final String NAME_OF_A = new EncryptionKey(A).name();
  private static final String NAME_OF_B = new EncryptionKey(B).name();

  private final LedgerSettings settings = settings(LEASE, KEEP, KEEP, true);

  @BeforeEach
  void longQuiet() {
    LongQuiet.in(redis.redis.port());
  }

  /** What a pod has of its keys. */
  private final class PodOf {
    final EncryptionKeyRing keys;
    final RedisAbilities abilities;
    final KeyAgreement seals;
    final RedisLedger ledger;

    PodOf(String name, byte[] own, byte[]... former) {
      keys = new EncryptionKeyRing(own, List.of(former));
      abilities = new RedisAbilities(name, 0, System::nanoTime).preferring(keys::preferred);
      keys.namedWhile(() -> abilities.all(Ability.KEYS));
      seals = new KeyAgreement(redis.lane, settings, keys, abilities);
      ledger = new RedisLedger(
          redis.lane, new Sealer(keys), settings, LocalClock.of(redis.vertx), abilities);
    }

    PodOf started() {
      await(seals.check());
      return announced();
    }

    PodOf announced() {
      await(abilities.announce(redis.lane, settings));
      await(abilities.lookAround(ledger));
      return this;
    }

    String sealing() {
      return keys.ring().sealing().name();
    }
  }

  @Test
  void the_first_pod_says_what_seals_and_who_cannot_open_it_learns_which_key_is_missing() {
    assertThat(new PodOf("one", A).started().sealing()).isEqualTo(NAME_OF_A);
    assertThatThrownBy(() -> new PodOf("two", B).started())
        .isInstanceOf(KeyAgreement.Unopened.class)
        .hasMessageContaining("key " + NAME_OF_A)
        .hasMessageContaining("ledger.formerKeys");
    assertThat(redis.run(Command.HGET, LedgerKeys.seals(), "name")).hasToString(NAME_OF_A);
  }

  @Test
  void a_canary_that_changes_is_opened_again_by_pods_that_run() {
    PodOf pod = new PodOf("one", A).started();
    byte[] sound = redis.run(Command.HGET, LedgerKeys.seals(), "canary").toBytes();
    redis.run(Command.HSET, LedgerKeys.seals(), "canary", "torn");
    assertThatThrownBy(() -> await(pod.seals.check())).isInstanceOf(KeyAgreement.Unopened.class);
    hset(LedgerKeys.seals(), "canary", sound);
    await(pod.seals.check());
  }

  @Test
  void a_key_of_the_right_name_that_does_not_open_the_canary_is_the_wrong_one() {
    new PodOf("one", A).started();
    redis.run(Command.HSET, LedgerKeys.seals(), "canary", "torn");
    assertThatThrownBy(() -> new PodOf("two", A).started())
        .isInstanceOf(KeyAgreement.Unopened.class);
  }

  @Test
  void the_ledger_goes_on_with_the_old_key_until_every_live_pod_wants_the_new_one() {
    PodOf old = new PodOf("old", A).started();
    PodOf young = new PodOf("young", B, A).started();
    await(young.seals.check());
    assertThat(young.sealing()).as("the other wants the old one").isEqualTo(NAME_OF_A);
    PaymentId id = fresh();
    begun(young.ledger, sale(id, "ref:1"));
    assertThat(await(old.ledger.find(id))).as("which the other opens").isPresent();
    await(old.abilities.leave(redis.lane, settings));
    young.announced();
    await(young.seals.check());
    assertThat(young.sealing()).isEqualTo(NAME_OF_B);
    assertThat(new PodOf("next", B, A).started().sealing()).isEqualTo(NAME_OF_B);
    assertThatThrownBy(() -> new PodOf("late", A).started()).hasMessageContaining(NAME_OF_B);
  }

  @Test
  void a_pod_that_names_no_key_may_be_of_another_version_and_nothing_changes() {
    new PodOf("old", A).started();
    redis.run(Command.DEL, LedgerKeys.pods());
    await(new RedisAbilities("silent", 0, System::nanoTime).announce(redis.lane, settings));
    PodOf young = new PodOf("young", B, A).started();
    await(young.seals.check());
    assertThat(young.sealing()).isEqualTo(NAME_OF_A);
  }

  @Test
  void keys_change_places_while_pods_run() {
    List<PodOf> pods = List.of(new PodOf("1", A).started(), new PodOf("2", A).started());
    pods.forEach(pod -> assertThat(pod.keys.offer(A, List.of(B), Set.of())).isNull());
    pods.get(0).keys.offer(B, List.of(A), Set.of());
    pods.forEach(PodOf::announced);
    pods.forEach(pod -> await(pod.seals.check()));
    assertThat(pods).allMatch(pod -> pod.sealing().equals(NAME_OF_A));
    pods.get(1).keys.offer(B, List.of(A), Set.of());
    pods.forEach(PodOf::announced);
    pods.forEach(PodOf::announced);
    await(pods.get(0).seals.check());
    assertThat(pods.get(0).sealing()).isEqualTo(NAME_OF_B);
    PaymentId id = fresh();
    begun(pods.get(0).ledger, sale(id, "ref:1"));
    assertThat(await(pods.get(1).ledger.claim(id))).as("not due").isEmpty();
    assertThat(await(pods.get(1).ledger.takeOver(id, "look")))
        .as("before it hears")
        .isPresent();
    await(pods.get(1).seals.check());
    assertThat(pods.get(1).sealing()).isEqualTo(NAME_OF_B);
  }

  @Test
  void a_key_that_records_need_is_not_given_up_and_says_so() {
    PodOf pod = new PodOf("1", A).started();
    assertThat(pod.keys.offer(B, List.of(), Set.of())).contains(NAME_OF_A);
    pod.announced();
    await(pod.seals.check());
    assertThat(pod.sealing()).isEqualTo(NAME_OF_A);
    assertThat(pod.keys.preferred()).isEqualTo(NAME_OF_A);
    assertThat(pod.keys.offer(A, List.of(), Set.of())).isNull();
  }

  @Test
  void a_pod_with_the_wrong_key_works_as_soon_as_it_is_given_the_right_one() {
    new PodOf("1", A).started();
    PodOf pod = new PodOf("2", B);
    assertThatThrownBy(() -> await(pod.seals.check())).isInstanceOf(KeyAgreement.Unopened.class);
    assertThat(pod.keys.offer(A, List.of(), Set.of())).isNull();
    await(pod.seals.check());
    assertThat(pod.sealing()).isEqualTo(NAME_OF_A);
    assertThat(pod.keys).hasToString(new PodOf("3", A).keys.toString());
  }

  @Test
  void a_former_key_goes_when_a_walk_that_began_later_has_found_no_record_of_it() {
    PodOf pod = rotated();
    PaymentId id = fresh();
    String key = LedgerKeys.of(id).payment();
    redis.run(Command.HSET, key, "st", "SETTLED");
    hset(key, "ans", new Sealer(A).seal(id, "answer", new byte[3]));
    assertThat(needed(pod)).as("nobody has counted").contains(NAME_OF_A);
    count(pod, 0);
    assertThat(pod.seals.counts()).containsEntry(NAME_OF_A, null);
    assertThat(needed(pod)).as("it began too early").contains(NAME_OF_A);
    count(pod, SealRegister.SLACK_MILLIS + 1000);
    assertThat(pod.seals.counts())
        .as("a begin may be on its way for a lease")
        .containsEntry(NAME_OF_A, null);
    count(pod, SealRegister.slackMillis(settings) + 1000);
    assertThat(pod.seals.counts()).containsEntry(NAME_OF_A, 1L);
    assertThatThrownBy(() -> new PodOf("hasty", B).started())
        .isInstanceOf(KeyAgreement.Unopened.class)
        .hasMessageContaining(NAME_OF_A);
    redis.run(Command.DEL, key);
    count(pod, SealRegister.slackMillis(settings) + 2000);
    assertThat(pod.seals.counts()).containsEntry(NAME_OF_A, 0L);
    assertThat(pod.keys.offer(B, List.of(), Set.of())).isNull();
    PodOf after = new PodOf("after", B).started();
    assertThat(after.sealing()).isEqualTo(NAME_OF_B);
    assertThat(after.keys.hasRetired()).isTrue();
    assertThat(after.seals.uses()).containsEntry(NAME_OF_A, "missing");
  }

  @Test
  void what_names_no_key_counts_for_the_one_that_opens_it() {
    PodOf pod = rotated();
    PaymentId id = fresh();
    EncryptionKeyRing first = new EncryptionKeyRing(A, List.of()).namedWhile(() -> false);
    redis.run(Command.HSET, LedgerKeys.of(id).payment(), "st", "SETTLED");
    hset(LedgerKeys.of(id).payment(), "ans", new Sealer(first).seal(id, "answer", new byte[3]));
    PaymentId strange = fresh();
    redis.run(Command.HSET, LedgerKeys.of(strange).payment(), "st", "SETTLED", "ans", "\1garbage");
    count(pod, SealRegister.slackMillis(settings) + 1000);
    assertThat(pod.seals.counts())
        .containsEntry(NAME_OF_A, 1L)
        .containsEntry(SealRegister.UNKNOWN, 1L);
  }

  @Test
  void a_key_that_is_lost_is_missed_no_more() {
    PodOf pod = rotated();
    count(pod, 0);
    assertThatThrownBy(() -> new PodOf("without", B).started())
        .isInstanceOf(KeyAgreement.Unopened.class);
    PodOf without = new PodOf("without", B);
    without.keys.withoutLost(Set.of(NAME_OF_A));
    assertThat(without.started().sealing()).isEqualTo(NAME_OF_B);
    PodOf stranded = new PodOf("stranded", key(3));
    stranded.keys.withoutLost(Set.of(NAME_OF_A, NAME_OF_B));
    assertThat(stranded.started().sealing()).isEqualTo(new EncryptionKey(key(3)).name());
  }

  @Test
  void a_ledger_of_the_first_version_is_opened_only_by_a_key_that_opens_its_payments() {
    PodOf pod = new PodOf("1", A).started();
    pod.keys.namedWhile(() -> false);
    begun(pod.ledger, sale(fresh(), "ref:1"));
    redis.run(Command.DEL, LedgerKeys.seals());
    assertThatThrownBy(() -> new PodOf("2", B).started())
        .isInstanceOf(KeyAgreement.Unopened.class)
        .hasMessageContaining("ledger.formerKeys");
    assertThat(redis.run(Command.EXISTS, LedgerKeys.seals()).toInteger()).isZero();
    PodOf both = new PodOf("3", B, A).started();
    assertThat(both.seals.counts()).containsOnlyKeys(NAME_OF_A, NAME_OF_B);
  }

  @Test
  void an_update_that_brings_another_key_seals_with_what_opens_all_while_old_pods_may_live() {
    beginAsTheFirstVersion();
    sealsAsTheFirstVersion();
  }

  @Test
  void in_a_quiet_hour_what_has_ended_shows_the_key() {
    PaymentId id = beginAsTheFirstVersion();
    redis.run(Command.ZREM, LedgerKeys.of(id).due(), id.toString());
    sealsAsTheFirstVersion();
  }

  @Test
  void where_nothing_shows_the_key_it_is_the_last_until_all_can_read_any() {
    PodOf first = new PodOf("first", B, key(3), A);
    await(first.seals.check());
    assertThat(first.sealing()).isEqualTo(NAME_OF_A);
    first.announced();
    await(first.seals.check());
    assertThat(first.sealing()).as("when all are of this version").isEqualTo(NAME_OF_B);
  }

  private PaymentId beginAsTheFirstVersion() {
    EncryptionKeyRing keys = new EncryptionKeyRing(A, List.of()).namedWhile(() -> false);
    PaymentId id = fresh();
    begun(
        new RedisLedger(
            redis.lane, new Sealer(keys), settings, LocalClock.of(redis.vertx), Abilities.NONE),
        sale(id, "ref:1"));
    return id;
  }

  private void sealsAsTheFirstVersion() {
    for (byte[][] former : new byte[][][] {{A, key(3)}, {key(3), A}}) {
      redis.run(Command.DEL, LedgerKeys.seals());
      PodOf young = new PodOf("young", B, former);
      await(young.seals.check());
      assertThat(young.sealing()).isEqualTo(NAME_OF_A);
    }
    redis.run(Command.DEL, LedgerKeys.seals());
    PodOf next = new PodOf("next", A, B);
    await(next.seals.check());
    assertThat(next.sealing()).as("the next key opens nothing yet").isEqualTo(NAME_OF_A);
  }

  @Test
  void a_begin_that_is_asked_for_anew_is_sealed_with_the_key_that_seals_by_then() {
    EncryptionKeyRing keys = new EncryptionKeyRing(A, List.of(B));
    LocalClock real = LocalClock.of(redis.vertx);
    AtomicInteger asks = new AtomicInteger();
    AtomicLong backMillis = new AtomicLong();
    LocalClock timing = new LocalClock(
        () -> {
          // By the second time the ledger has been resealed.
          if (asks.incrementAndGet() == 3) {
            keys.sealWith(NAME_OF_B);
          }
          return real.wallMillis().getAsLong();
        },
        () -> real.nanos().getAsLong() - 1_000_000 * backMillis.get(),
        real.pause());
    RedisLedger ledger =
        new RedisLedger(redis.lane, new Sealer(keys), settings, timing, Abilities.ALL);
    PaymentId id = fresh();
    begun(ledger, sale(id, "ref:1"));
    backMillis.set(10_000);
    PaymentId next = id.other("next");
    begun(ledger, sale(next, "ref:2"));
    assertThat(asks).as("the first one came too late, as its clock was behind").hasValue(3);
    assertThat(Sealer.keyName(bodyOf(next))).contains(NAME_OF_B);
  }

  @Test
  void the_form_that_names_its_key_is_written_only_while_all_can_read_it() {
    PodOf pod = new PodOf("1", A).started();
    PaymentId id = fresh();
    begun(pod.ledger, sale(id, "ref:1"));
    assertThat(bodyOf(id)[0]).isEqualTo((byte) 2);
    await(new RedisAbilities("old", 0, System::nanoTime, Set.of()).announce(redis.lane, settings));
    pod.announced();
    PaymentId next = fresh();
    begun(pod.ledger, sale(next, "ref:2"));
    assertThat(bodyOf(next)[0]).isEqualTo((byte) 1);
    assertThat(await(pod.ledger.takeOver(next, "look"))).isPresent();
  }

  @Test
  void the_same_request_is_known_by_every_key_and_another_one_only_when_the_record_opens() {
    PodOf pod = new PodOf("1", A).started();
    PaymentId id = fresh();
    Lease lease = begun(pod.ledger, sale(id, "ref:1")).intent().lease();
    await(pod.ledger.settle(lease, paid("T1")));
    PaymentId open = fresh();
    begun(pod.ledger, sale(open, "ref:2"));
    Ledger stranger = new PodOf("2", B).ledger;
    for (PaymentId each : List.of(id, open)) {
      assertThatThrownBy(() -> await(stranger.begin(other(each))))
          .isInstanceOf(UnreadableRecord.class);
      assertThatThrownBy(() -> await(stranger.recall(other(each))))
          .isInstanceOf(UnreadableRecord.class);
      assertThat(await(new PodOf("3", B, A).ledger.begin(other(each))))
          .isInstanceOf(BeginResult.OtherBody.class);
    }
    assertThat(await(new PodOf("3", B, A).ledger.begin(sale(id, "ref:1"))))
        .isInstanceOf(BeginResult.Known.class);
  }

  /** It was sealed when the payment began, and is kept for longer than its answer. */
  @Test
  void a_callers_hook_needs_its_key_in_the_record_and_after_it() {
    PodOf pod = new PodOf("1", A).started();
    PaymentId id = fresh();
    Road road = new Road("https://shop.example/");
    Lease lease = begun(pod.ledger, sale(id, "ref:1").over(road, null)).intent().lease();
    PaymentId nowhere = fresh();
    begun(pod.ledger, sale(nowhere, "ref:1").over(new Road(null), null));
    redis.run(Command.HDEL, LedgerKeys.of(nowhere).payment(), "body");
    pod.keys.offer(B, List.of(A), Set.of());
    pod.announced();
    await(pod.seals.check());
    await(pod.ledger.settle(lease, paid("T1")));
    assertThat(sealed(pod)).containsOnly(entry(NAME_OF_A, 2), entry(NAME_OF_B, 2));
    redis.run(Command.DEL, LedgerKeys.of(id).ended());
    assertThat(sealed(pod)).as("a notice alone").containsOnlyKeys(NAME_OF_A, NAME_OF_B);
  }

  private Map<String, Integer> sealed(PodOf pod) {
    Auditor auditor = new Auditor(redis.lane, settings, pod.keys);
    return await(auditor.walk(0, "0", 10_000, true)).sealed();
  }

  /** As the first version kept it: fingerprints under the key. */
  @Test
  void records_of_the_first_version_are_known_after_a_rotation() {
    PodOf pod = new PodOf("1", A).started();
    pod.keys.namedWhile(() -> false);
    PaymentId id = fresh();
    begun(pod.ledger, sale(id, "ref:1"));
    NewPayment payment = sale(id, "ref:1");
    String keyed = new Sealer(A).fingerprint(payment.operation(), payment.body());
    String is = redis.run(Command.HGET, LedgerKeys.of(id).payment(), "is").toString();
    redis.run(
        Command.HSET, LedgerKeys.of(id).payment(), "is", is.replace(payment.fingerprint(), keyed));
    assertThat(await(new PodOf("2", B, A).ledger.begin(payment)))
        .isInstanceOf(BeginResult.Known.class);
    assertThat(await(new PodOf("2", B, A).ledger.recall(payment)))
        .containsInstanceOf(BeginResult.Known.class);
    assertThat(await(new PodOf("2", B, A).ledger.takeOver(id, "look"))).isPresent();
    assertThatThrownBy(() -> await(new PodOf("3", B).ledger.begin(payment)))
        .isInstanceOf(UnreadableRecord.class);
  }

  @Test
  void a_tombstone_whose_key_has_gone_is_no_proof_of_another_request() {
    PodOf pod = rotated();
    PaymentId id = fresh();
    redis.run(Command.SET, LedgerKeys.of(id).tomb(), "PAID a-print-of-some-key ");
    assertThat(await(pod.ledger.begin(sale(id, "ref:1"))))
        .isInstanceOf(BeginResult.OtherBody.class);
    count(pod, SealRegister.slackMillis(settings) + 1000);
    PodOf after = new PodOf("after", B).started();
    assertThatThrownBy(() -> await(after.ledger.begin(sale(id, "ref:1"))))
        .isInstanceOf(UnreadableRecord.class);
    assertThatThrownBy(() -> await(after.ledger.recall(sale(id, "ref:1"))))
        .isInstanceOf(UnreadableRecord.class);
  }

  /** Sealed with B, A was before. */
  private PodOf rotated() {
    PodOf pod = new PodOf("rotates", A).started();
    pod.keys.offer(B, List.of(A), Set.of());
    pod.announced();
    await(pod.seals.check());
    assertThat(pod.sealing()).isEqualTo(NAME_OF_B);
    return pod;
  }

  private static Set<String> needed(PodOf pod) {
    await(pod.seals.check());
    return pod.seals.counts().keySet();
  }

  /** A walk through all records that began so much later than now. */
  private void count(PodOf pod, long laterMillis) {
    Auditor auditor = new Auditor(redis.lane, settings, pod.keys);
    List<Integer> nodes = await(auditor.nodes());
    long now = await(auditor.now(nodes.get(0)));
    Auditor.Slice all = await(auditor.walk(nodes.get(0), "0", 10_000, true));
    await(auditor.tally(nodes.get(0), nodes, now + laterMillis, all.sealed()));
    await(pod.seals.check());
  }

  private static NewPayment other(PaymentId id) {
    NewPayment same = sale(id, "ref:1");
    byte[] body = LedgerWords.bytes("{\"other\":1}");
    return NewPayment.plain(
        new PaymentRef(id, same.order(), "another-print"), same.operation(), body, 0);
  }

  private static byte[] bodyOf(PaymentId id) {
    return redis.run(Command.HGET, LedgerKeys.of(id).payment(), "body").toBytes();
  }

  private static void hset(String key, String field, byte[] value) {
    await(redis.lane.send(
        key,
        io.vertx.redis.client.Request.cmd(Command.HSET)
            .arg(key)
            .arg(field)
            .arg(io.vertx.core.buffer.Buffer.buffer(value))));
  }

  private static byte[] key(int fill) {
    byte[] key = new byte[Sealer.KEY_BYTES];
    Arrays.fill(key, (byte) fill);
    return key;
  }
}
