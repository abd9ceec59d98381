package io.payonce.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AdmissionQueueTest {
  private final TreeMap<Long, List<Runnable>> timers = new TreeMap<>();
  private final List<Integer> entered = new ArrayList<>();
  private final List<Integer> turnedAway = new ArrayList<>();
  private final Set<Integer> gone = new HashSet<>();
  private long nowMillis = 7;
  private int atWork;

  private final AdmissionQueue queue = new AdmissionQueue(
      () -> atWork,
      () -> nowMillis * 1_000_000,
      (millis, action) ->
          timers.computeIfAbsent(nowMillis + millis, at -> new ArrayList<>()).add(action));

  private void waits(int number) {
    queue.waits(new AdmissionQueue.Caller() {
      @Override
      public boolean isThere() {
        return !gone.contains(number);
      }

      @Override
      public void enter() {
        entered.add(number);
      }

      @Override
      public void turnAway() {
        turnedAway.add(number);
      }
    });
  }

  private void pass(long millis) {
    long until = nowMillis + millis;
    while (!timers.isEmpty() && timers.firstKey() <= until) {
      var due = timers.pollFirstEntry();
      nowMillis = due.getKey();
      due.getValue().forEach(Runnable::run);
    }
    nowMillis = until;
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  @Test
  void it_is_open_while_the_ledger_has_not_enough_to_do() {
    assertThat(queue.isOpen()).isTrue();
    atWork = AdmissionQueue.MOST_AT_WORK - 1;
    assertThat(queue.isOpen()).isTrue();
    atWork++;
    assertThat(queue.isOpen()).isFalse();
  }

  @Test
  void no_call_overtakes_those_that_wait() {
    atWork = AdmissionQueue.MOST_AT_WORK;
    waits(1);
    atWork = 0;
    assertThat(queue.isOpen()).isFalse();
    pass(AdmissionQueue.PAUSE_MILLIS);
    assertThat(entered).containsExactly(1);
    assertThat(queue.isOpen()).isTrue();
  }

  @Test
  void as_many_enter_in_the_order_they_came_as_there_is_room_for() {
    atWork = AdmissionQueue.MOST_AT_WORK;
    range(0, 5).forEach(this::waits);
    pass(10 * AdmissionQueue.PAUSE_MILLIS);
    assertThat(entered).isEmpty();
    atWork -= 2;
    pass(AdmissionQueue.PAUSE_MILLIS);
    assertThat(entered).containsExactly(0, 1);
    pass(AdmissionQueue.PAUSE_MILLIS);
    assertThat(entered).containsExactly(0, 1, 2, 3);
    assertThat(turnedAway).isEmpty();
  }

  @Test
  void what_is_at_work_is_looked_at_once_however_many_wait() {
    atWork = AdmissionQueue.MOST_AT_WORK;
    range(0, 5).forEach(this::waits);
    assertThat(timers.values()).hasSize(1).allSatisfy(due -> assertThat(due).hasSize(1));
    pass(3 * AdmissionQueue.PAUSE_MILLIS);
    assertThat(timers.values()).hasSize(1).allSatisfy(due -> assertThat(due).hasSize(1));
  }

  @Test
  void who_has_gone_does_not_enter_and_takes_no_room() {
    atWork = AdmissionQueue.MOST_AT_WORK;
    range(0, 6).forEach(this::waits);
    gone.addAll(List.of(0, 2, 3));
    atWork -= 2;
    pass(AdmissionQueue.PAUSE_MILLIS);
    assertThat(entered).containsExactly(1, 4);
    pass(AdmissionQueue.PAUSE_MILLIS);
    assertThat(entered).containsExactly(1, 4, 5);
    assertThat(timers).isEmpty();
  }

  @Test
  void who_has_gone_is_turned_away_once() {
    atWork = AdmissionQueue.MOST_AT_WORK;
    range(0, 3).forEach(this::waits);
    gone.addAll(range(0, 3));
    atWork--;
    pass(2 * AdmissionQueue.LONGEST_WAIT_MILLIS);
    assertThat(turnedAway).containsExactly(0, 1, 2);
    assertThat(entered).isEmpty();
  }

  @Test
  void who_has_waited_for_too_long_is_turned_away_and_no_one_else() {
    atWork = AdmissionQueue.MOST_AT_WORK;
    waits(1);
    pass(AdmissionQueue.LONGEST_WAIT_MILLIS / 2);
    waits(2);
    pass(AdmissionQueue.LONGEST_WAIT_MILLIS / 2);
    assertThat(turnedAway).isEmpty();
    pass(AdmissionQueue.PAUSE_MILLIS);
    assertThat(turnedAway).containsExactly(1);
    atWork = 0;
    pass(AdmissionQueue.PAUSE_MILLIS);
    assertThat(entered).containsExactly(2);
  }

  @Test
  void one_look_lets_in_only_so_many_and_the_next_comes_soon() {
    atWork = AdmissionQueue.MOST_AT_WORK;
    range(0, 3 * AdmissionQueue.MOST_AT_ONCE).forEach(this::waits);
    atWork = 0;
    pass(AdmissionQueue.PAUSE_MILLIS);
    assertThat(entered).isEqualTo(range(0, AdmissionQueue.MOST_AT_ONCE));
    pass(AdmissionQueue.SOON_MILLIS);
    assertThat(entered).isEqualTo(range(0, 2 * AdmissionQueue.MOST_AT_ONCE));
  }

  @Test
  void one_look_turns_away_only_so_many_and_admits_none_beyond_them() {
    atWork = AdmissionQueue.MOST_AT_WORK;
    range(0, 2 * AdmissionQueue.MOST_AT_ONCE + 1).forEach(this::waits);
    pass(AdmissionQueue.LONGEST_WAIT_MILLIS);
    assertThat(turnedAway).isEmpty();
    atWork = 0;
    pass(AdmissionQueue.PAUSE_MILLIS);
    assertThat(turnedAway).isEqualTo(range(0, AdmissionQueue.MOST_AT_ONCE));
    assertThat(entered).isEmpty();
    pass(2 * AdmissionQueue.SOON_MILLIS);
    assertThat(turnedAway).isEqualTo(range(0, 2 * AdmissionQueue.MOST_AT_ONCE + 1));
  }

  @Test
  void those_who_have_gone_are_dealt_with_so_many_at_a_time() {
    atWork = AdmissionQueue.MOST_AT_WORK;
    range(0, AdmissionQueue.MOST_AT_ONCE + 2).forEach(this::waits);
    gone.addAll(range(0, AdmissionQueue.MOST_AT_ONCE + 1));
    atWork = 0;
    pass(AdmissionQueue.PAUSE_MILLIS);
    assertThat(turnedAway).isEqualTo(range(0, AdmissionQueue.MOST_AT_ONCE));
    pass(AdmissionQueue.SOON_MILLIS);
    assertThat(entered).containsExactly(AdmissionQueue.MOST_AT_ONCE + 1);
  }

  @Test
  void the_queue_is_bounded_and_each_call_in_it_is_answered() {
    atWork = AdmissionQueue.MOST_AT_WORK;
    range(0, AdmissionQueue.MOST_WAITING + 3).forEach(this::waits);
    assertThat(turnedAway)
        .isEqualTo(range(AdmissionQueue.MOST_WAITING, AdmissionQueue.MOST_WAITING + 3));
    turnedAway.clear();
    pass(2 * AdmissionQueue.LONGEST_WAIT_MILLIS);
    assertThat(turnedAway).isEqualTo(range(0, AdmissionQueue.MOST_WAITING));
    assertThat(entered).isEmpty();
    assertThat(timers).as("an empty queue wakes nobody").isEmpty();
  }
}
