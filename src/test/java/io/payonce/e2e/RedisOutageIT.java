package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.Caller.Got;
import io.payonce.redis.RedisCluster;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whether a pod gets calls while Redis, or a part of it, is away. */
class RedisOutageIT {
  private static final int MERCHANTS = 30;

  /** Not the first node, which has the ledger's own words: no pod starts without them. */
  private static final int AWAY = 1;

  private int calls;

  @Test
  void with_one_primary_of_three_unavailable_the_others_payments_are_paid() {
    try (RedisCluster redis = RedisCluster.start();
        TestPod testPod = new TestPod(
            Map.of("redis.mode", "cluster", "redis.uris", String.join(",", redis.uris())))) {
      for (int merchant = 0; merchant < MERCHANTS; merchant++) {
        assertThat(settled(testPod, merchant)).as("merchant %d", merchant).isEqualTo("0");
      }
      redis.node(AWAY).kill();
      redis.node(AWAY + 3).kill();
      TestPod.until(() -> ready(testPod).body().contains("UNREACHABLE"));
      List<String> codes = new ArrayList<>();
      for (int merchant = 0; merchant < MERCHANTS; merchant++) {
        codes.add(settled(testPod, merchant));
      }
      assertThat(codes).containsOnly("0", "E01");
      assertThat(codes.stream().filter("0"::equals).count())
          .as("about two thirds: %s", codes)
          .isBetween(MERCHANTS / 2L, MERCHANTS - 3L);
      assertThat(ready(testPod).status()).isEqualTo(200);
    }
  }

  @Test
  void without_any_redis_a_pod_leaves_its_service_only_where_that_is_wanted() {
    try (TestPod testPod = new TestPod(Map.of("admin.redisOutage", "unready"))) {
      TestPod.until(() -> ready(testPod).status() == 200);
      testPod.redis().kill();
      TestPod.until(() -> ready(testPod).status() == 503);
      testPod.redis().restart();
      TestPod.until(() -> ready(testPod).status() == 200);
    }
    try (TestPod testPod = new TestPod()) {
      TestPod.until(() -> ready(testPod).status() == 200);
      testPod.redis().kill();
      TestPod.until(() -> settled(testPod, 1).equals("E01"));
      assertThat(ready(testPod).status()).isEqualTo(200);
    }
  }

  /** What a new payment of the merchant is answered, once it is neither of the two by half. */
  private String settled(TestPod testPod, int merchant) {
    Got[] got = new Got[1];
    TestPod.until(() -> {
      String id = "outage-" + calls++;
      JsonObject sale = Caller.sale(id, id).put("merchantId", "M" + (1000 + merchant));
      got[0] = testPod.caller().pay(sale, "Prefer", "wait=2");
      return got[0].isPaid() || got[0].code().equals("E01");
    });
    return got[0].code();
  }

  private static Got ready(TestPod testPod) {
    Caller admin = new Caller("http://127.0.0.1:" + testPod.pod().adminPort(), null);
    return admin.send(admin.request("/health/ready").GET().build()).join();
  }
}
