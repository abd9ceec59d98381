package io.payonce;

import static io.payonce.ledger.journal.Journals.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.redis.RawRedis;
import io.payonce.sandbox.EmbeddedRedis;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The journal on the command line, as finance and scripts read it. */
class OutcomesCommandTest {
  /** A minute after midnight, 24 November 2026 UTC. */
  private static final long TUESDAY = 1_795_478_460_000L;

  private static final long HOUR = 3_600_000;

  private static EmbeddedRedis redis;

  @TempDir
  Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Map<String, String> env = new HashMap<>();

  @BeforeAll
  static void open() {
    redis = EmbeddedRedis.start(EmbeddedRedis.Options.defaults());
  }

  @AfterAll
  static void close() {
    redis.close();
  }

  @BeforeEach
  void settings() {
    RawRedis.ask(redis.port(), "FLUSHALL");
    env.put("PAYONCE_CLIENT_KEYS", "shop:a-client-s-key");
    env.put("PAYONCE_UPSTREAM_API_KEY", "a-platform-s-key");
    env.put("PAYONCE_LEDGER_ENCRYPTION_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    env.put("PAYONCE_REDIS_URIS", redis.uri());
    // The times of the tests are fixed.
    env.put("PAYONCE_OUTCOMES_RETENTION_MS", "31536000000");
  }

  private int run(String... words) {
    return run(new PrintWriter(out), words);
  }

  private int run(PrintWriter to, String... words) {
    CommandLine line = Main.commands(env, folder);
    line.setOut(to).setErr(new PrintWriter(err));
    return line.execute(words);
  }

  private static void write(int shard, long at, String merchant, String id, String... more) {
    Map<String, String> fields = sale(merchant, id);
    for (int i = 0; i < more.length; i += 2) {
      fields.put(more[i], more[i + 1]);
    }
    List<Object> command = new ArrayList<>(List.of("XADD", LedgerKeys.outcomes(shard), at + "-0"));
    fields.forEach((name, value) -> command.addAll(List.of(name, value)));
    RawRedis.ask(redis.port(), command.toArray());
  }

  private List<String> ids() {
    return out.toString()
        .lines()
        .map(line -> new JsonObject(line).getString("transactionRequestId"))
        .toList();
  }

  private static void threeDays() {
    write(1, TUESDAY - HOUR, "M1", "monday");
    write(2, TUESDAY + HOUR, "M1", "tuesday");
    write(3, TUESDAY + 2 * HOUR, "M2", "tuesday-2", "am", "500 EUR");
    write(1, TUESDAY + 25 * HOUR, "M1", "wednesday");
  }

  @Test
  void it_prints_all_that_is_kept_oldest_first() {
    threeDays();
    assertThat(run("outcomes")).isZero();
    assertThat(ids()).containsExactly("monday", "tuesday", "tuesday-2", "wednesday");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void a_span_begins_and_ends_where_it_is_given() {
    threeDays();
    assertThat(run("outcomes", "--since", "2026-11-24", "--until", "2026-11-25"))
        .isZero();
    assertThat(ids()).containsExactly("tuesday", "tuesday-2");
    String second = new JsonObject(out.toString().lines().toList().get(1)).getString("cursor");
    out.getBuffer().setLength(0);
    assertThat(run("outcomes", "--since", second)).isZero();
    assertThat(ids()).containsExactly("wednesday");
    out.getBuffer().setLength(0);
    assertThat(run("outcomes", "--since", "2026-11-24", "--until", second)).isZero();
    assertThat(ids()).containsExactly("tuesday", "tuesday-2");
    out.getBuffer().setLength(0);
    assertThat(run("outcomes", "--zone", "Europe/Berlin", "--until", "2026-11-24"))
        .isZero();
    assertThat(ids()).isEmpty();
  }

  @Test
  void rows_have_a_head_also_without_rows() {
    assertThat(run("outcomes", "--csv")).isZero();
    assertThat(out.toString().lines()).hasSize(1);
    threeDays();
    out.getBuffer().setLength(0);
    assertThat(run("outcomes", "--csv")).isZero();
    assertThat(out.toString().lines()).hasSize(5).first().asString().startsWith("version,cursor,");
  }

  @Test
  void totals_are_what_was_settled() {
    threeDays();
    write(5, TUESDAY + 3 * HOUR, "M1", "refund", "is", "1 1 0 refund p req:a", "am", "300 USD");
    write(5, TUESDAY + 4 * HOUR, "M1", "failed", "out", "UNPAID");
    write(5, TUESDAY + 5 * HOUR, "M1", "late", "out", "UNPAID");
    write(5, TUESDAY + 6 * HOUR, "M1", "late", "k", "contradicted", "told", "UNPAID");
    assertThat(run("outcomes", "--totals", "--since", "2026-11-24", "--until", "2026-11-25"))
        .isZero();
    assertThat(out.toString()).isEqualTo("""
            day         merchantId  currency  operation  status  count   sum  unsaid
            2026-11-24  M1          USD       refund     PAID        1   300       -
            2026-11-24  M1          USD       sale       PAID        2  2000       -
            2026-11-24  M1          USD       sale       UNPAID      1  1000       -
            2026-11-24  M2          EUR       sale       PAID        1   500       -
            """);
    out.getBuffer().setLength(0);
    run("outcomes", "--totals", "--csv", "--since", "2026-11-25");
    assertThat(out.toString())
        .isEqualTo("day,merchantId,currency,operation,status,count,sum,unsaid\n"
            + "2026-11-25,M1,USD,sale,PAID,1,1000,0\n");
  }

  @Test
  void totals_that_lack_something_do_not_look_whole() {
    write(1, TUESDAY, "M1", "odd", "v", "2");
    assertThat(run("outcomes", "--totals")).isEqualTo(1);
    assertThat(err.toString()).startsWith("1 outcomes cannot be read");
    assertThat(run("outcomes")).isZero();
    assertThat(out.toString()).contains("\"unreadable\":\"version 2 of the journal wrote it\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--since yesterday",
        "--until 1-2",
        "--zone Mars",
        "--follow --totals",
        "--follow --until 2026-11-24",
        "--sinse 0",
        "now"
      })
  void what_is_wrong_is_said_with_code_2(String words) {
    String[] all = ("outcomes " + words).split(" ");
    assertThat(run(all)).isEqualTo(2);
    assertThat(err.toString()).contains("Usage: payonce outcomes");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void a_bad_configuration_is_code_2() {
    env.put("PAYONCE_SERVER_PORT", "many");
    assertThat(run("outcomes")).isEqualTo(2);
    assertThat(err.toString()).startsWith("bad configuration");
  }

  @Test
  void what_may_have_been_removed_is_said() {
    env.put("PAYONCE_OUTCOMES_RETENTION_MS", "1000");
    assertThat(run("outcomes", "--since", "2026-11-24")).isZero();
    assertThat(err.toString()).contains("may have been removed (outcomes.retentionMs)");
    env.put("PAYONCE_OUTCOMES_RETENTION_MS", "0");
    assertThat(run("outcomes")).isZero();
    assertThat(err.toString()).contains("no journal is kept");
  }

  @Test
  void an_end_that_has_not_come_is_said() {
    assertThat(run("outcomes", "--until", "2999-01-01")).isZero();
    assertThat(err.toString()).contains("has not happened yet");
  }

  /** A reader that closes after so many lines, as {@code head} does. */
  private static final class Impatient extends Writer {
    private final StringBuilder read = new StringBuilder();
    private final int lines;

    Impatient(int lines) {
      this.lines = lines;
    }

    @Override
    public synchronized void write(char[] text, int from, int length) throws IOException {
      if (lines() >= lines) {
        throw new IOException("Broken pipe");
      }
      read.append(text, from, length);
    }

    synchronized long lines() {
      return read.chars().filter(sign -> sign == '\n').count();
    }

    synchronized String text() {
      return read.toString();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void who_reads_no_further_ends_it_quietly() {
    threeDays();
    assertThat(run(new PrintWriter(new Impatient(0)), "outcomes")).isZero();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void following_goes_on_when_redis_comes_back() {
    write(1, TUESDAY, "M1", "before");
    Impatient reader = new Impatient(2);
    CompletableFuture<Integer> code =
        CompletableFuture.supplyAsync(() -> run(new PrintWriter(reader), "outcomes", "--follow"));
    await().until(() -> reader.lines() == 1);
    redis.kill();
    await().until(() -> err.toString().contains("Redis does not answer"));
    redis.restart();
    await().until(() -> err.toString().contains("Redis answers again"));
    write(2, TUESDAY + HOUR, "M1", "after");
    await().until(() -> reader.lines() == 2);
    assertThat(reader.text()).contains("\"before\"", "\"after\"");
    write(3, TUESDAY + 2 * HOUR, "M1", "unread");
    assertThat(code.join()).isZero();
  }
}
