package io.payonce.ledger.maintenance;

import static io.payonce.ledger.LedgerWords.KEEP;
import static io.payonce.ledger.LedgerWords.LEASE;
import static io.payonce.ledger.LedgerWords.await;
import static io.payonce.ledger.LedgerWords.begun;
import static io.payonce.ledger.LedgerWords.paid;
import static io.payonce.ledger.LedgerWords.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerWords;
import io.payonce.ledger.redis.EmptyRedis;
import io.payonce.ledger.redis.HomePlatform;
import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.ledger.redis.LocalClock;
import io.payonce.ledger.redis.RedisLedger;
import io.payonce.ledger.redis.RedisLedgerAdmin;
import io.payonce.ledger.redis.TestRedis;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.logs.Logs;
import io.payonce.model.Abilities;
import io.payonce.model.Ability;
import io.payonce.model.Lease;
import io.payonce.model.PaymentId;
import io.payonce.model.Scope;
import io.payonce.redis.PrefixedLane;
import io.payonce.redis.RedisLane;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Whose ledger it is, and who may not work on it. */
@Logs(value = "no pod is left that could say whether its data is as it was", maybe = true)
class CharterTest extends EmptyRedis {
  /** A pod of a fleet. */
  private record Shop(RedisLane lane, LedgerSettings settings, Charter charter, Ledger ledger) {
    HomePlatform home() {
      return settings.home();
    }
  }

  private static Shop shop(String prefix, String platform, boolean isDefault) {
    return shop(prefix, platform, isDefault, Scope.MERCHANT);
  }

  private static Shop shop(String prefix, String platform, boolean isDefault, Scope scope) {
    RedisLane lane = new PrefixedLane(redis.lane, prefix);
    LedgerSettings settings = LedgerSettings.of(LEASE, KEEP, KEEP)
        .with(new HomePlatform(platform, 600_000, 15_000, System::nanoTime));
    return new Shop(
        lane,
        settings,
        new Charter(
            lane,
            settings,
            new Charter.Wanted(isDefault, prefix, scope),
            rest -> Future.succeededFuture()),
        new RedisLedger(
            lane, new Sealer(TestRedis.KEY), settings, LocalClock.of(redis.vertx), Abilities.ALL));
  }

  @Test
  void a_new_ledger_takes_the_name_of_its_first_platform_and_keeps_it() {
    await(shop("payonce", "a.example", true).charter().open());
    Shop other = shop("payonce", "b.example", false);
    await(other.charter().open());
    assertThat(other.home().first()).isEqualTo("a.example");
    Shop again = shop("payonce", "a.example", true);
    await(again.charter().open());
    assertThat(again.home().first()).isEqualTo("a.example");
  }

  @Test
  void another_host_is_refused_while_anything_is_unsettled_and_learns_how_to_keep_the_name() {
    Shop first = shop("payonce", "a.example", true);
    await(first.charter().open());
    Lease lease =
        begun(first.ledger(), sale(LedgerWords.fresh(), "o-1")).intent().lease();
    assertThatThrownBy(() -> await(shop("payonce", "b.example", true).charter().open()))
        .isInstanceOf(Charter.Refused.class)
        .hasMessageContainingAll(
            "upstream.name: a.example", "upstream.name: b.example", "of the platform a.example");
    await(first.ledger().settle(lease, paid("T1")));
    Shop moved = shop("payonce", "b.example", true);
    await(moved.charter().open());
    assertThat(moved.home().first()).isEqualTo("b.example");
  }

  @Test
  void records_of_the_first_version_belong_to_the_ledgers_platform() {
    Shop first = shop("payonce", "a.example", true);
    await(first.charter().open());
    PaymentId id = LedgerWords.fresh();
    begun(first.ledger(), sale(id, "o-1"));
    redis.run(Command.HDEL, LedgerKeys.of(id).payment(), "pf");
    assertThat(await(first.ledger().find(id)).orElseThrow().isStrange()).isFalse();
    Shop other = shop("payonce", "b.example", false);
    await(other.charter().open());
    assertThat(await(other.ledger().find(id)).orElseThrow().stranger()).isEqualTo("a.example");
    assertThatThrownBy(() -> await(shop("payonce", "b.example", true).charter().open()))
        .isInstanceOf(Charter.Refused.class);
  }

  @Test
  void what_is_unsettled_of_others_is_named() {
    Shop first = shop("payonce", "a.example", true);
    await(first.charter().open());
    for (int i = 0; i < 3; i++) {
      begun(first.ledger(), sale(LedgerWords.fresh(), "o-1"));
    }
    Shop other = shop("payonce", "b.example", false);
    await(other.charter().open());
    begun(other.ledger(), sale(LedgerWords.fresh(), "o-1"));
    Map<String, Integer> found = await(other.charter().survey());
    assertThat(Charter.words(found)).isEqualTo("a.example (3)");
  }

  @Test
  void a_prefix_begins_every_key_and_fleets_do_not_see_each_other() {
    Shop shop = shop("fleet-2", "a.example", true);
    await(shop.charter().open());
    PaymentId id = LedgerWords.fresh();
    Lease lease = begun(shop.ledger(), sale(id, "o-1")).intent().lease();
    await(shop.ledger().rememberAlias(id, "T9"));
    assertThat(await(shop.ledger().findByAlias(id.merchantId(), "T9"))).contains(id);
    await(shop.ledger().settle(lease, paid("T1")));
    await(shop.ledger().due(LedgerKeys.of(id).shard(), 10));
    Auditor auditor = new Auditor(shop.lane(), shop.settings());
    await(auditor.lease(LedgerKeys.of(id).shard(), 1000));
    await(auditor.renew(LedgerKeys.of(id).shard(), 1000));
    assertThat(await(auditor.walk(LedgerKeys.of(id).shard(), "0", 10_000)).keys())
        .isPositive();
    assertThat(await(new RedisLedgerAdmin(
                shop.lane(), new Sealer(TestRedis.KEY), shop.settings(), Abilities.ALL)
            .inspect(id)))
        .isPresent();
    assertThat(keys())
        .isNotEmpty()
        .allMatch(key -> key.startsWith("fleet-2:{") || key.equals("payonce-prefixes"));
    assertThat(await(shop("payonce", "a.example", true).ledger().find(id))).isEmpty();
  }

  @Test
  void a_first_start_under_a_new_prefix_is_refused_while_the_old_one_has_unsettled_payments() {
    Shop old = shop("payonce", "a.example", true);
    await(old.charter().open());
    Lease lease = begun(old.ledger(), sale(LedgerWords.fresh(), "o-1")).intent().lease();
    Shop renamed = shop("fleet-2", "a.example", true);
    assertThatThrownBy(() -> await(renamed.charter().open()))
        .isInstanceOf(Charter.Refused.class)
        .hasMessageContaining("redis.keyPrefix: payonce");
    await(old.ledger().settle(lease, paid("T1")));
    assertThatThrownBy(() -> await(renamed.charter().open()))
        .as("the order's mark is left")
        .isInstanceOf(Charter.Refused.class);
    assertThat(keys()).noneMatch(key -> key.startsWith("fleet-2"));
    redis.run(Command.FLUSHALL);
    await(renamed.charter().open());
  }

  @Test
  void a_neighbour_with_live_pods_is_left_alone() {
    Shop old = shop("payonce", "a.example", true);
    await(old.charter().open());
    begun(old.ledger(), sale(LedgerWords.fresh(), "o-1"));
    await(new RedisAbilities("pod-1", 0, System::nanoTime).announce(old.lane(), old.settings()));
    await(shop("fleet-2", "a.example", true).charter().open());
  }

  private static Shop scoped(Scope scope) {
    return shop("payonce", "a.example", true, scope);
  }

  @Test
  void another_scope_is_refused_while_anything_of_the_old_one_is_remembered() {
    Shop merchants = scoped(Scope.MERCHANT);
    await(merchants.charter().open());
    PaymentId id = LedgerWords.fresh();
    Lease lease = begun(merchants.ledger(), sale(id, "o-1")).intent().lease();
    assertThatThrownBy(() -> await(scoped(Scope.APP).charter().open()))
        .isInstanceOf(Charter.Refused.class)
        .hasMessageContaining("set orders.scope: merchant");
    await(merchants.ledger().settle(lease, paid("T1")));
    assertRefused("it is settled");
    redis.run(Command.DEL, LedgerKeys.of(id).ended());
    assertRefused("it is in the archive");
    redis.run(Command.DEL, LedgerKeys.of(id).archive(), LedgerKeys.of(id).archive() + ":0");
    redis.run(Command.SET, LedgerKeys.of(id).order("o-1"), "paid:" + id.requestId());
    assertRefused("its order's mark is left");
    redis.run(Command.DEL, LedgerKeys.of(id).order("o-1"));
    redis.run(Command.SET, LedgerKeys.of(id).tomb(), "PAID * ");
    assertRefused("its tombstone is left");
    redis.run(Command.DEL, LedgerKeys.of(id).tomb());
    await(scoped(Scope.APP).charter().open());
    assertThatThrownBy(() -> await(merchants.charter().vouch()))
        .as("who works by the old one stops")
        .isInstanceOf(Charter.Refused.class);
    await(scoped(Scope.MERCHANT).charter().open());
  }

  private static void assertRefused(String why) {
    assertThatThrownBy(() -> await(scoped(Scope.APP).charter().open()))
        .as(why)
        .isInstanceOf(Charter.Refused.class);
  }

  @Test
  void another_scope_is_refused_while_a_pod_works_by_the_old_one() {
    Shop merchants = scoped(Scope.MERCHANT);
    await(merchants.charter().open());
    RedisAbilities pod = new RedisAbilities("pod-1", 0, System::nanoTime);
    await(pod.announce(merchants.lane(), merchants.settings()));
    assertRefused("a pod lives");
    await(pod.leave(merchants.lane(), merchants.settings()));
    await(scoped(Scope.APP).charter().open());
  }

  @Test
  void a_ledger_of_a_former_version_has_the_merchants_scope() {
    begun(scoped(Scope.MERCHANT).ledger(), sale(LedgerWords.fresh(), "o-1"));
    assertRefused("it never wrote one");
    await(scoped(Scope.MERCHANT).charter().open());
  }

  @Test
  void a_ledger_that_forgot_all_gets_the_scope_of_who_works_on_it() {
    Shop apps = scoped(Scope.APP);
    await(apps.charter().open());
    redis.run(Command.FLUSHALL);
    await(apps.charter().vouch());
    begun(apps.ledger(), sale(LedgerWords.fresh(), "o-1"));
    assertThatThrownBy(() -> await(scoped(Scope.MERCHANT).charter().open()))
        .isInstanceOf(Charter.Refused.class)
        .hasMessageContaining("set orders.scope: app");
  }

  private static List<String> keys() {
    Response keys = redis.run(Command.KEYS, "*");
    return StreamSupport.stream(keys.spliterator(), false)
        .map(Response::toString)
        .toList();
  }

  @Test
  void a_ledger_whose_forms_former_versions_do_not_see_is_of_another_scope_to_them() {
    Shop first = shop("payonce", "a.example", true);
    await(first.charter().open());
    await(first.charter().vouch());
    assertThat(scope()).isEqualTo("merchant");
    MarkedForms forms = new MarkedForms(Abilities.ALL, System::nanoTime, true, () -> 0);
    Charter writing = new Charter(
        first.lane(),
        first.settings(),
        new Charter.Wanted(true, "payonce"),
        rest -> Future.succeededFuture(),
        forms);
    await(writing.open());
    assertThat(forms.all(Ability.PACKED)).as("not marked yet").isFalse();
    await(writing.vouch());
    assertThat(forms.all(Ability.PACKED)).isTrue();
    await(writing.vouch());
    assertThat(forms.all(Ability.PACKED)).isTrue();
    assertThat(scope()).isEqualTo("merchant+forms");
    assertThat(redis.run(Command.KEYS, "payonce:{s*}:tomb:*").size())
        .as("what a former version looks for where no pod lives")
        .isEqualTo(1);
    await(first.charter().open());
    await(first.charter().vouch());
    assertThat(scope()).isEqualTo("merchant+forms");
    await(scoped(Scope.APP).charter().open());
    assertThat(scope()).as("nothing was remembered").isEqualTo("app");
  }

  private static String scope() {
    return redis.run(Command.HGET, LedgerKeys.charter(), "scope").toString();
  }
}
