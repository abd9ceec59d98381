package io.payonce.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.model.Account;
import io.payonce.model.PaymentId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Thousands come due at once: who has his turn, and when, in virtual time. */
class CrowdsTest {
  private static final long TICK_MILLIS = 125;
  private static final int PLACES = 32;

  private final Random chance = new Random(7);
  private final Places places = new Places();
  private final Crowds crowds = new Crowds(places);

  /** Merchants named with a dash are of the account before it. */
  private static final class Places implements Crowds.Accounts {
    private int all = PLACES;
    private final Map<Account, Integer> others = new HashMap<>();

    @Override
    public Account of(PaymentId id) {
      int dash = id.merchantId().indexOf('-');
      return dash < 0 ? Account.DEFAULT : new Account(id.merchantId().substring(0, dash));
    }

    @Override
    public int places(Account account) {
      return others.getOrDefault(account, all);
    }
  }

  private long now;

  /** What is due in each shard; one merchant each, unless set otherwise. */
  private final Map<Integer, List<PaymentId>> due = new TreeMap<>();

  private final TreeMap<Long, List<Crowds.Next>> working = new TreeMap<>();
  private final Map<String, Integer> ended = new HashMap<>();

  private void owe(int shard, String merchantId, int payments) {
    List<PaymentId> all = due.computeIfAbsent(shard, first -> new ArrayList<>());
    for (int i = 0; i < payments; i++) {
      all.add(new PaymentId(merchantId, "id-" + i));
    }
  }

  private List<PaymentId> look(int shard, int most) {
    List<PaymentId> all = due.getOrDefault(shard, List.of());
    List<PaymentId> some = List.copyOf(all.subList(0, Math.min(most, all.size())));
    crowds.looked(shard, some.size());
    return some;
  }

  private void tick(boolean asking) {
    Crowds.Turn turn = crowds.turn(asking);
    for (int shard : turn.shards()) {
      crowds.handOut(look(shard, turn.most()), turn.share(), chance);
    }
  }

  private void begin(Map<String, Long> takes) {
    for (Crowds.Next next = crowds.next(now); next != null; next = crowds.next(now)) {
      PaymentId id = next.id();
      due.values().forEach(all -> all.remove(id));
      long until = now + takes.getOrDefault(id.merchantId(), 60L);
      working.computeIfAbsent(until, first -> new ArrayList<>()).add(next);
    }
  }

  private void run(long millis, int all, Map<String, Long> takes) {
    places.all = all;
    for (long end = now + millis; now < end; now++) {
      if (now % TICK_MILLIS == 0) {
        tick(true);
      }
      List<Crowds.Next> done = working.remove(now);
      if (done != null) {
        done.forEach(next -> {
          crowds.left(next, true);
          ended.merge(next.id().merchantId(), 1, Integer::sum);
        });
      }
      begin(takes);
    }
  }

  private int ended() {
    return ended.values().stream().mapToInt(Integer::intValue).sum();
  }

  @Test
  void a_pods_half_of_100_000_has_its_turn_in_less_than_three_minutes() {
    for (int shard = 0; shard < 50; shard++) {
      owe(shard, "m" + shard, 100);
      look(shard, Crowds.MOST_A_SHARD);
    }
    run(10_000, PLACES, Map.of());
    assertThat(ended()).as("in 10 of 180 seconds").isGreaterThan(50_000 / 18);
  }

  @Test
  void one_merchant_alone_is_as_quick() {
    owe(5, "m", 5000);
    look(5, Crowds.MOST_A_SHARD);
    run(10_000, PLACES, Map.of());
    assertThat(ended()).isGreaterThan(50_000 / 18);
  }

  @Test
  void no_more_is_handed_out_than_fresh_payments_bear() {
    for (int shard = 0; shard < 200; shard++) {
      owe(shard, "m" + shard, 40);
      look(shard, Crowds.MOST_A_SHARD);
    }
    run(1000, 100_000, Map.of());
    assertThat(ended()).isLessThanOrEqualTo(8 * Crowds.MOST_A_TICK);
  }

  @Test
  void more_places_let_more_be_worked_on() {
    owe(5, "m", 5000);
    look(5, Crowds.MOST_A_SHARD);
    run(1000, 8, Map.of());
    int few = ended();
    run(1000, PLACES, Map.of());
    assertThat(ended() - few).isGreaterThan(3 * few);
  }

  @Test
  void a_crowd_has_no_more_places_than_its_account() {
    owe(1, "eu-m", 500);
    owe(2, "m", 500);
    look(1, Crowds.MOST_A_SHARD);
    look(2, Crowds.MOST_A_SHARD);
    places.others.put(new Account("eu"), 8);
    Map<String, Long> hanging = Map.of("eu-m", 900L, "m", 900L);
    places.all = 400;
    tick(true);
    begin(hanging);
    Map<String, Integer> begun = new HashMap<>();
    working
        .values()
        .forEach(
            some -> some.forEach(next -> begun.merge(next.id().merchantId(), 1, Integer::sum)));
    assertThat(begun.get("eu-m")).isLessThanOrEqualTo(8);
    assertThat(begun.get("m")).isGreaterThan(8);
  }

  @Test
  void accounts_that_hang_take_no_place_from_one_that_answers() {
    for (int shard = 0; shard < 4; shard++) {
      owe(shard, "abcd".charAt(shard) + "-m", 2000);
    }
    for (int hanging = 0; hanging < 3; hanging++) {
      look(hanging, Crowds.MOST_A_SHARD);
    }
    Map<String, Long> takes = Map.of("a-m", 60_000L, "b-m", 60_000L, "c-m", 60_000L);
    run(5000, 10_000, takes);
    int held = working.values().stream().mapToInt(List::size).sum();
    assertThat(held).as("the verticle has places left").isLessThan(1024);
    look(3, Crowds.MOST_A_SHARD);
    run(5000, 10_000, takes);
    assertThat(ended.getOrDefault("d-m", 0)).isGreaterThan(400);
  }

  @Test
  void what_comes_before_an_operator_all_at_once_is_worked_on_at_that_pace() {
    for (int shard = 0; shard < 200; shard++) {
      owe(shard, "m" + shard, 40);
      look(shard, Crowds.MOST_A_SHARD);
    }
    places.all = 100_000;
    for (int ticks = 0; ticks < 8; ticks++) {
      tick(false);
      begin(Map.of());
    }
    int worked = working.values().stream().mapToInt(List::size).sum();
    assertThat(worked).isEqualTo(8 * Crowds.MOST_A_TICK);
  }

  @Test
  void what_is_only_put_off_takes_no_part_in_that_pace() {
    owe(1, "m", 1000);
    look(1, Crowds.MOST_A_SHARD);
    places.all = 100_000;
    tick(false);
    int looks = 0;
    for (Crowds.Next next = crowds.next(now); next != null; next = crowds.next(now)) {
      crowds.left(next, false);
      looks++;
    }
    assertThat(looks).isEqualTo(Crowds.MOST_PUT_OFF_A_TICK);
  }

  @Test
  void every_crowd_has_its_turn() {
    for (int shard = 0; shard < 256; shard++) {
      owe(shard, "m" + shard, 40);
      look(shard, Crowds.MOST_A_SHARD);
    }
    run(4000, PLACES, Map.of());
    assertThat(ended).hasSize(256);
  }

  @Test
  void a_crowd_that_hangs_keeps_no_other_waiting() {
    owe(1, "sick", 2000);
    owe(2, "well", 2000);
    look(1, Crowds.MOST_A_SHARD);
    look(2, Crowds.MOST_A_SHARD);
    run(20_000, PLACES, Map.of("sick", 10_000L));
    assertThat(ended.get("well")).isGreaterThan(1500);
  }

  @Test
  void without_confirms_more_is_looked_at() {
    for (int shard = 0; shard < 200; shard++) {
      crowds.looked(shard, Crowds.MOST_A_SHARD);
    }
    Crowds.Turn asking = crowds.turn(true);
    Crowds.Turn silent = crowds.turn(false);
    assertThat(silent.shards().size() * silent.share())
        .isGreaterThan(2 * asking.shards().size() * asking.share());
  }

  @Test
  void two_pods_seldom_take_the_same() {
    owe(1, "m", 1000);
    look(1, Crowds.MOST_A_SHARD);
    Crowds.Turn turn = crowds.turn(true);
    crowds.handOut(look(1, turn.most()), turn.share(), chance);
    Set<PaymentId> mine = taken(crowds);
    places.all = 1000;
    Crowds other = new Crowds(places);
    other.handOut(look(1, turn.most()), turn.share(), chance);
    Set<PaymentId> both = taken(other);
    both.retainAll(mine);
    assertThat(both.size()).isLessThan(mine.size() / 2);
  }

  private static Set<PaymentId> taken(Crowds by) {
    Set<PaymentId> all = new HashSet<>();
    for (Crowds.Next next = by.next(0); next != null; next = by.next(0)) {
      all.add(next.id());
    }
    return all;
  }

  @Test
  void what_is_no_crowd_any_more_is_looked_at_in_the_usual_round() {
    owe(1, "m", 40);
    look(1, Crowds.MOST_A_SHARD);
    assertThat(crowds.contains(1)).isTrue();
    run(1000, PLACES, Map.of());
    assertThat(crowds.contains(1)).isFalse();
  }
}
