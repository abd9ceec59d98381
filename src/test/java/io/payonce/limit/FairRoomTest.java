package io.payonce.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who gets a place, and who has to go without. */
class FairRoomTest {
  private final FairRoom room = new FairRoom(100);

  private List<FairRoom.Place> enter(String merchantId, int times, long nowMillis) {
    List<FairRoom.Place> got = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      FairRoom.Place place = room.enter(merchantId, 32, nowMillis);
      if (place != null) {
        got.add(place);
      }
    }
    return got;
  }

  @Test
  void one_merchant_never_takes_all() {
    assertThat(enter("greedy", 1000, 0)).hasSize(24);
    assertThat(enter("other", 1, 0)).hasSize(1);
  }

  @Test
  void many_merchants_take_all() {
    for (int merchant = 0; merchant < 32; merchant++) {
      assertThat(enter("m" + merchant, 1, 0)).hasSize(1);
    }
    assertThat(enter("late", 1, 0)).isEmpty();
  }

  @Test
  void what_takes_long_gives_its_place_to_what_is_quick() {
    for (int merchant = 0; merchant < 32; merchant++) {
      enter("m" + merchant, 1, 0);
    }
    assertThat(enter("quick", 1, FairRoom.LONG_MILLIS - 1)).isEmpty();
    assertThat(enter("quick", 1, FairRoom.LONG_MILLIS)).hasSize(1);
    assertThat(room.inside()).isEqualTo(1);
    assertThat(room.all()).isEqualTo(33);
  }

  @Test
  void not_everything_may_step_aside() {
    for (int second = 0; second < 10; second++) {
      enter("slow", 1000, second * FairRoom.LONG_MILLIS);
    }
    assertThat(room.all()).isBetween(124, 132);
    assertThat(enter("slow", 1000, 60_000)).as("all that may hang hangs").isEmpty();
    assertThat(enter("other", 1, 60_000)).as("and others still get in").hasSize(1);
  }

  @Test
  void each_place_is_given_back_once_wherever_it_is() {
    List<FairRoom.Place> first = enter("m", 10, 0);
    List<FairRoom.Place> later = enter("m", 10, FairRoom.LONG_MILLIS);
    first.forEach(room::leave);
    later.forEach(room::leave);
    assertThat(room.all()).isZero();
    assertThat(enter("m", 1000, 60_000)).hasSize(24);
  }
}
