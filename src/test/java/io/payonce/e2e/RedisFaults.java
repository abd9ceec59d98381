package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.Overheard;
import io.payonce.e2e.Caller.Got;
import io.payonce.e2e.Fault.Seen;
import io.payonce.redis.EmbeddedRedis;
import java.util.List;
import java.util.Map;

/** What can be wrong with a Redis, one row each. */
final class RedisFaults {
  private RedisFaults() {}

  static List<Fault> all() {
    return List.of(new Fault("Redis ends while a pod runs", RedisFaults::ends));
  }

  private static Seen ends(House house, Overheard log) {
    try (EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedis.Options.defaults());
        Guest guest = house.guest(Map.of("redis.uris", redis.uri()))) {
      assertThat(Scene.of(house, null).payAt(guest).isPaid()).isTrue();
      redis.kill();
      House.until(() -> guest.ready().body().contains("not connected"));
      Got got = Scene.of(house, null).payAt(guest);
      Scene.refuses(got, "E01", "proxy", "not-by-this-call", 0);
      return new Seen(Fault.heard(got), "ready " + guest.ready().status());
    }
  }
}
