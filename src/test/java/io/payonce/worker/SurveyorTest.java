package io.payonce.worker;

import static io.payonce.ledger.LedgerWords.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.redis.EmptyRedis;
import io.payonce.redis.failure.RedisBulletin;
import io.payonce.telemetry.RedisHealth;
import io.vertx.redis.client.Command;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a server of Redis is asked about itself. */
class SurveyorTest extends EmptyRedis {
  private static final Pattern ASKED = Pattern.compile("cmdstat_info:calls=(\\d+)");
  private static final int LOOKS = 28;

  private final AtomicLong nanos = new AtomicLong();
  private final Surveyor surveyor = new Surveyor(
      new RedisHealth(new RedisBulletin(word -> {}, nanos::get), 0, true, true),
      redis.lane,
      () -> true,
      nanos::get);

  @BeforeEach
  void reach() {
    await(surveyor.look());
  }

  @Test
  void a_server_is_asked_about_itself_once_a_minute_and_not_for_each_shard() {
    long asked = asked();
    for (int minute = 1; minute <= 3; minute++) {
      for (int look = 0; look < LOOKS; look++) {
        pass(Surveyor.PAUSE_MILLIS);
      }
      assertThat(asked() - asked).isEqualTo(2 * minute - 1L); // one of them this test's own
      pass(TimeUnit.MINUTES.toMillis(1) - LOOKS * Surveyor.PAUSE_MILLIS);
    }
  }

  private void pass(long millis) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    await(surveyor.look());
  }

  /** This question is counted by the next. */
  private long asked() {
    Matcher found = ASKED.matcher(redis.run(Command.INFO, "commandstats").toString());
    return found.find() ? Long.parseLong(found.group(1)) : 0;
  }
}
