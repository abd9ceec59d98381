package io.payonce.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.logs.Logs;
import io.payonce.model.Shards;
import io.payonce.redis.RawRedis;
import io.payonce.sandbox.EmbeddedRedis;
import io.payonce.sandbox.http.FaultMatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Records that cannot be worked on are listed for review; all others go on as if they were not. */
@Logs("cannot be read")
class PoisonIT {
  private static final String MERCHANT = CallerAnswer.MERCHANT + "8";
  private static final Duration WHOLE = Duration.ofSeconds(20);

  @Test
  void a_poisoned_record_goes_aside_keeps_its_order_and_delays_no_other() {
    try (EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedis.Options.defaults());
        Pods pods = new Pods().add(Map.of("redis.mode", "standalone", "redis.uris", redis.uri()));
        RawRedis raw = new RawRedis(redis.port())) {
      pods.platform().fault(FaultMatch.merchant(MERCHANT), "E02 after charge, query: E01");
      PaymentLog torn = inDoubt("torn01");
      PaymentLog text = inDoubt("text01");
      PaymentLog sound = inDoubt("sound1");
      for (PaymentLog basket : List.of(torn, text, sound)) {
        assertThat(pay(pods, basket, "respond-async")).isEqualTo(CallerAnswer.PENDING);
      }
      String key = shard() + "payment:" + MERCHANT + "/torn01";
      String terms = (String) raw.call("HGET", key, "is"); // which nothing writes again
      raw.call("HSET", key, "is", terms.replace(" 3000 ", " many "));
      raw.call("DEL", shard() + "payment:" + MERCHANT + "/text01");
      raw.call("SET", shard() + "payment:" + MERCHANT + "/text01", "no record");
      for (String id : List.of("torn01", "text01")) {
        Awaitility.await()
            .atMost(Duration.ofMinutes(3))
            .until(() -> raw.call("ZSCORE", shard() + "attention", MERCHANT + "/" + id) != null);
        PaymentLog rival = PaymentLog.of(MERCHANT, "order-" + id, "rival-" + id, null);
        assertThat(pay(pods, rival, "wait=1"))
            .as("the order stays taken")
            .isEqualTo(CallerAnswer.NOT_SENT);
      }
      assertThat(pay(pods, torn, "wait=1")).isEqualTo(CallerAnswer.PENDING);
      pods.platform().clearFaults();
      Awaitility.await()
          .atMost(Duration.ofMinutes(3))
          .until(() -> pay(pods, sound, "wait=3") == CallerAnswer.PAID);
      assertThat(pods.platform().charges().of(MERCHANT, "order-sound1")).hasSize(1);
    }
  }

  private static PaymentLog inDoubt(String id) {
    return PaymentLog.of(MERCHANT, "order-" + id, id, null);
  }

  private static CallerAnswer pay(Pods pods, PaymentLog basket, String prefer) {
    return CallerAnswer.pay(pods.bases().get(0), basket.body(), WHOLE, "Prefer", prefer);
  }

  private static String shard() {
    CRC32 crc = new CRC32();
    crc.update(MERCHANT.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return "payonce:{s" + crc.getValue() % Shards.COUNT + "}:";
  }
}
