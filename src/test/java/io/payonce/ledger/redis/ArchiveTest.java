package io.payonce.ledger.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.LedgerWords;
import io.payonce.model.PaymentId;
import io.payonce.redis.LuaScript;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The archive says of every ended payment what a plain map would say, however it grows. */
class ArchiveTest extends EmptyRedis {
  private static final long DAY = 86_400_000;
  private static final long KEEP = 8 * DAY;
  private static final String OWNER = "M12345678";

  /** One verb a call, at a time of the test's own. */
  private static final String BODY = """
      local archive = unpack(KEYS)
      local at, verb, sought, buried, print, outcome, named, packedId, platform, keep = unpack(ARGV)
      at = tonumber(at)
      shelve(archive, redis.call('GET', archive), at, sought, buried)
      if verb == 'file' then
        local left = file(archive, '86400000', at, keep, buried, print, outcome ~= '' and outcome, #sought > 0 and sought,
          named, packedId, platform ~= '' and platform)
        return {left.outcome and 'T' or '', left.order and 'O' or '', (left.transaction or '') ~= '' and 'N' or ''}
      end
      if verb == 'tomb' then return {entombed(false) or ''} end
      if verb == 'explicit' then return {marked('paid:x'), entombed('UNPAID a ')} end
      if verb == 'exhume' then exhume() return {''} end
      local mark = marked(false)
      if verb == 'unmark' then unmark() end
      return {mark or ''}
      """;

  private final Map<String, Ended> model = new HashMap<>();
  private final HomePlatform home = HomePlatform.only();
  private LuaScript script = script(LedgerScript.with(BODY));
  private boolean collides;
  private long at = 20_000 * DAY + 5000;
  private long keep = KEEP;

  /** What a payment left, and when; null where it left nothing of the kind. */
  private record Ended(
      String tomb, String order, String transaction, long atMillis, long keepMillis) {}

  private static LuaScript script(String source) {
    return LuaScript.of("archive", source);
  }

  /** From now on 256 buckets are all that the hashes of names distinguish. */
  private void collide() {
    collides = true;
    script = script(script
        .source()
        .replace("redis.sha1hex(field)", "('0000' .. string.sub(redis.sha1hex(field), 5))"));
  }

  private byte[] shortened(byte[] name) {
    byte[] shorter = name.clone();
    if (collides && name.length > 2) {
      Arrays.fill(shorter, 0, 2, (byte) 0);
    }
    return shorter;
  }

  private List<String> run(String verb, String id, byte[] sought, Object... more) {
    List<Object> args = new ArrayList<>(
        List.of(at, verb, shortened(sought), shortened(ArchiveName.of(new PaymentId(OWNER, id)))));
    args.addAll(List.of(more));
    while (args.size() < 10) {
      args.add("");
    }
    return LedgerWords.await(redis.lane.eval(script, List.of("payonce:{s0}:archive"), args))
        .stream()
        .map(Response::toString)
        .toList();
  }

  private byte[] order(String name) {
    return ArchiveName.order(new PaymentId(OWNER, ""), name, home);
  }

  private byte[] transaction(String name) {
    return ArchiveName.transaction(new PaymentId(OWNER, ""), name, home);
  }

  private static byte[] print(String id) {
    return Arrays.copyOf((id + "0123456789abcdef").getBytes(StandardCharsets.UTF_8), 16);
  }

  private List<String> file(String id, String order, String transaction, String platformId) {
    return run(
        "file",
        id,
        order == null ? new byte[0] : order(order),
        print(id),
        "PAID",
        shortened(transaction(transaction)),
        ArchiveName.packed(platformId),
        "",
        keep);
  }

  private void ends(String id, String order, String transaction, String platformId) {
    List<String> left = file(id, order, transaction, platformId);
    String text = Base64.getUrlEncoder().encodeToString(Arrays.copyOf(print(id), 9)) + "*";
    model.put(
        id,
        new Ended(
            left.get(0).isEmpty() ? "PAID " + text + " " + platformId : null,
            left.get(1).isEmpty() ? order : null,
            left.get(2).isEmpty() ? transaction : null,
            at,
            keep));
  }

  private String tomb(String id) {
    return run("tomb", id, new byte[0]).get(0);
  }

  private String mark(String order) {
    return run("mark", "", order(order)).get(0);
  }

  private String owner(String transaction) {
    return run("mark", "", transaction(transaction)).get(0);
  }

  private void saysWhatTheModelSays(String id, Ended ended) {
    boolean must = at < ended.atMillis() + ended.keepMillis();
    boolean may = at < ended.atMillis() + ended.keepMillis() + DAY;
    check(tomb(id), ended.tomb(), must, may);
    if (ended.order() != null) {
      check(mark(ended.order()), "paid:" + id, must, may);
    }
    if (ended.transaction() != null) {
      check(owner(ended.transaction()), "alias:req:" + id, must, may);
    }
  }

  private void saysNothingOfAnotherOwner(Ended ended) {
    if (ended.order() != null) {
      byte[] theirs = ArchiveName.order(new PaymentId("M12345679", ""), ended.order(), home);
      // As if the hash were the same.
      System.arraycopy(order(ended.order()), 0, theirs, 0, 3);
      assertThat(run("mark", "", theirs)).containsExactly("");
    }
  }

  private static void check(String said, String wanted, boolean must, boolean may) {
    if (must && wanted != null) {
      assertThat(said).isEqualTo(wanted);
    } else {
      assertThat(said).isIn("", may && wanted != null ? wanted : "");
    }
  }

  private List<Response> buckets() {
    return redis.run(Command.KEYS, "payonce:{s0}:archive:*").stream().toList();
  }

  private void isSmall() {
    for (Response bucket : buckets()) {
      assertThat(redis.run(Command.OBJECT, "ENCODING", bucket.toString()).toString())
          .isIn("listpack", "ziplist");
    }
  }

  private void grows(Random random, int payments, boolean always) {
    for (int i = 0; i < payments; i++) {
      String id = switch (random.nextInt(4)) {
        case 0 -> new UUID(random.nextLong(), random.nextLong()).toString();
        case 1 -> "ö " + Long.toString(random.nextLong(), 36);
        default -> "id-" + Long.toString(random.nextLong(), 36);
      };
      boolean paid = random.nextInt(8) > 0;
      ends(
          id,
          paid ? "order " + id.substring(0, 12) : null,
          "t" + id,
          random.nextInt(9) == 0 ? id + "-2" : "");
      at += random.nextInt((int) (DAY / 40));
      if (always || random.nextInt(20) == 0) {
        model.forEach((each, ended) -> {
          if (always || each.hashCode() % 50 == 0) {
            saysWhatTheModelSays(each, ended);
          }
        });
      }
    }
    model.forEach(this::saysWhatTheModelSays);
    model.values().forEach(this::saysNothingOfAnotherOwner);
    assertThat(tomb("unknown")).isEmpty();
    assertThat(mark("unknown")).isEmpty();
    assertThat(owner("unknown")).isEmpty();
  }

  @Test
  void a_table_that_grows_and_forgets_says_what_a_map_says() {
    grows(new Random(1), 1500, false);
    assertThat(buckets().size()).isGreaterThan(8);
    assertThat(model.values()).allMatch(ended -> ended.tomb() != null);
    isSmall();
  }

  @Test
  void names_whose_hashes_are_the_same_are_distinguished() {
    collide();
    grows(new Random(2), 1200, false);
    isSmall();
  }

  @Test
  void what_has_expired_is_cleared_away() {
    for (int i = 0; i < 3000; i++) {
      file("id-" + i, "order-" + i, "transaction-" + i, "");
      at += DAY / 100;
    }
    long fields = buckets().stream()
        .mapToLong(bucket -> redis.run(Command.HLEN, bucket.toString()).toLong() - 1)
        .sum();
    // 800 payments live, and what has expired within the last two days and a bit may be there still
    assertThat(fields).isBetween(3 * 800L, 3 * 1300L);
    for (Response bucket : buckets()) {
      assertThat(redis.run(Command.PTTL, bucket.toString()).toLong())
          .isBetween(KEEP, KEEP + 6 * DAY);
    }
  }

  /** Its unit stays as it was when it began, and what has split does not come together again. */
  @Test
  void an_archive_keeps_its_word_when_the_keep_time_changes() {
    Random random = new Random(3);
    for (int i = 0; i < 300; i++) {
      keep = List.of(2 * DAY, KEEP, 5 * KEEP).get(random.nextInt(3));
      ends("id-" + i, "order-" + i, "transaction-" + i, "");
      at += random.nextInt((int) (DAY / 40));
    }
    assertThat(buckets().size()).isGreaterThan(4);
    assertThat(model.values()).allMatch(ended -> ended.tomb() != null);
    for (int i = 0; i < 8; i++) {
      model.forEach(this::saysWhatTheModelSays);
      at += 6 * DAY - 1;
    }
    keep = 2 * DAY;
    ends("late", "order of late", "transaction of late", "");
    saysWhatTheModelSays("late", model.get("late"));
    for (long odd : new long[] {DAY, 30_001 * DAY}) {
      keep = odd;
      assertThat(file("odd", "order-odd", "t-odd", "")).containsExactly("T", "O", "N");
    }
  }

  @Test
  void what_has_lost_its_end_loses_nothing_when_it_is_split() {
    for (int i = 0; i < 60; i++) {
      ends("id-" + i, "order-" + i, "transaction-" + i, "");
      buckets().forEach(bucket -> redis.run(Command.PERSIST, bucket.toString()));
    }
    assertThat(buckets().size()).isGreaterThan(1);
    model.forEach(this::saysWhatTheModelSays);
  }

  /** Hashes that end alike are cheap to find. */
  @Test
  void names_that_a_caller_chose_to_meet_take_nothing_from_others() {
    for (int i = 0; i < 60; i++) {
      ends("id-" + i, "order-" + i, "transaction-" + i, "");
    }
    int before = buckets().size();
    // More than a script can hand on at once: what leads to orders that all are in the first one.
    redis.run(Command.EVAL, """
        for i = 1, 9000 do
          redis.call('HSET', KEYS[1], string.char(math.floor(i / 256), i % 256, 0), struct.pack('>I3I2', i, ARGV[1] % 65536))
        end""", "1", "payonce:{s0}:archive:0", String.valueOf((at + KEEP) / DAY));
    for (int i = 60; i < 300; i++) {
      ends("id-" + i, "order-" + i, "transaction-" + i, "");
    }
    assertThat(buckets().size()).as("each was split").isGreaterThan(2 * before);
    model.forEach(this::saysWhatTheModelSays);
    at += 3 * KEEP;
    for (int i = 0; i < 40; i++) {
      ends("late-" + i, "order-late-" + i, "transaction-late-" + i, "");
    }
    model.forEach(this::saysWhatTheModelSays);
    assertThat(redis.run(Command.HLEN, "payonce:{s0}:archive:0").toLong()).isLessThan(100);
  }

  @Test
  void a_name_has_one_form_and_a_form_one_name() {
    List<String> names = List.of(
        "a",
        "ab",
        "abc",
        "abcd",
        "-_",
        "A".repeat(58),
        "ö",
        "a b",
        "\n",
        "01234567-89ab-cdef-0123-456789abcdef",
        "01234567-89AB-CDEF-0123-456789ABCDEF",
        "0123456789abcdef0123456789abcdef0123",
        "x/y~z.");
    for (String name : names) {
      ends(
          name,
          "order of " + name.length() + name.hashCode(),
          name + "t",
          name.length() > 50 ? "" : name + "p");
      assertThat(ArchiveName.packed(name)).isNotEmpty();
    }
    model.forEach(this::saysWhatTheModelSays);
    assertThat(names.stream()
            .map(name ->
                List.of(ArchiveName.packed(name)[0], Arrays.hashCode(ArchiveName.packed(name))))
            .distinct())
        .hasSameSizeAs(names);
    assertThat(ArchiveName.packed("x".repeat(64))).isEmpty();
    assertThat(ArchiveName.packed("")).isEmpty();
  }

  @Test
  void what_is_taken_out_is_in_no_archive_any_more_and_the_rest_stays() {
    ends("id-1", "order-1", "transaction-1", "id-1-2");
    assertThat(run("unmark", "id-1", order("order-1"))).containsExactly("paid:id-1");
    assertThat(mark("order-1")).isEmpty();
    assertThat(tomb("id-1")).startsWith("PAID ").endsWith(" id-1-2");
    assertThat(owner("transaction-1")).isEqualTo("alias:req:id-1");
    run("exhume", "id-1", new byte[0]);
    assertThat(tomb("id-1")).isEmpty();
    assertThat(owner("transaction-1")).isEqualTo("alias:req:id-1");
  }

  @Test
  void what_stands_under_a_key_of_its_own_goes_before_the_archive() {
    ends("id-1", "order-1", "transaction-1", "");
    assertThat(run("explicit", "id-1", order("order-1"))).containsExactly("paid:x", "UNPAID a ");
  }

  @Test
  void a_bucket_lasts_as_long_as_what_came_in_last() {
    file("id-1", "order-1", "transaction-1", "");
    run("file", "id-2", order("order-2"), print("id-2"), "PAID", new byte[0], "", "", 4 * KEEP);
    for (Response bucket : buckets()) {
      assertThat(redis.run(Command.PTTL, bucket.toString()).toLong()).isGreaterThan(4 * KEEP);
    }
    file("id-3", "order-3", "transaction-3", "");
    for (Response bucket : buckets()) {
      assertThat(redis.run(Command.PTTL, bucket.toString()).toLong()).isGreaterThan(4 * KEEP);
    }
  }

  @Test
  void whose_a_transaction_is_it_stays_and_what_was_there_before_is_not_written_over() {
    ends("id-1", "order-1", "transaction-1", "");
    at += 3 * DAY;
    assertThat(file("id-2", "order-2", "transaction-1", "")).containsExactly("", "", "");
    assertThat(owner("transaction-1")).isEqualTo("alias:req:id-1");
    assertThat(file("id-1", "order-3", "transaction-3", "")).containsExactly("T", "O", "N");
    at += KEEP - 2 * DAY;
    assertThat(mark("order-2")).isEqualTo("paid:id-2");
    assertThat(owner("transaction-1")).isEmpty();
    assertThat(file("id-3", "order-4", "transaction-1", "")).containsExactly("", "", "");
    assertThat(owner("transaction-1")).isEqualTo("alias:req:id-3");
  }

  @Test
  void another_platforms_says_so_and_its_transactions_are_its_own() {
    HomePlatform other = new HomePlatform("other", 1, 1, System::nanoTime);
    other.first("platform");
    PaymentId id = new PaymentId(OWNER, "id-1");
    byte[] theirs = ArchiveName.transaction(id, other.named("transaction-1"), other);
    assertThat(filed("id-1", "order-1", theirs, "other/acme")).containsExactly("", "", "");
    assertThat(tomb("id-1")).endsWith(" other/acme");
    assertThat(run("mark", "", theirs)).containsExactly("alias:req:id-1");
    assertThat(owner("transaction-1")).isEmpty();
    assertThat(owner("other/transaction-1")).isEmpty();
    assertThat(filed("id-2", "order-2", transaction("transaction-1"), "platform/acme"))
        .containsExactly("", "", "");
    assertThat(owner("transaction-1")).isEqualTo("alias:req:id-2");
    assertThat(filed("id-3", "order-3", transaction("transaction-3"), "other"))
        .as("a name of one platform, a payment of another")
        .containsExactly("", "", "N");
    assertThat(tomb("id-2")).endsWith(" platform/acme");
  }

  @Test
  void what_the_first_platform_has_paid_is_found_under_whatever_name_it_has_since() {
    ends("id-1", "order-1", "transaction-1", "");
    HomePlatform renamed = new HomePlatform("renamed", 1, 1, System::nanoTime);
    PaymentId any = new PaymentId(OWNER, "");
    assertThat(renamed.first()).isNotEqualTo(home.first());
    assertThat(run("mark", "", ArchiveName.order(any, "order-1", renamed)))
        .containsExactly("paid:id-1");
    byte[] name = ArchiveName.transaction(any, renamed.named("transaction-1"), renamed);
    assertThat(run("mark", "", name)).containsExactly("alias:req:id-1");
    assertThat(filed("id-2", "order-2", name, ""))
        .as("it stays the first one's")
        .isNotNull();
    assertThat(owner("transaction-1")).isEqualTo("alias:req:id-1");
  }

  private List<String> filed(String id, String order, byte[] transaction, String platform) {
    return run("file", id, order(order), print(id), "PAID", transaction, "", platform, KEEP);
  }

  @Test
  void what_is_too_long_stays_outside() {
    String longest = "x".repeat(63);
    assertThat(file("id-1", longest, "t-1", "")).containsExactly("", "", "N");
    assertThat(file("id-4", "x ".repeat(27), "t-4", "")).containsExactly("", "O", "");
    assertThat(file("id-5", "order-5", "t-5", "ö".repeat(30))).containsExactly("T", "O", "N");
    assertThat(file("i".repeat(63), "order-2", "t-2", "")).containsExactly("", "", "");
    assertThat(file("ö".repeat(31), "order-3", "t-3", "")).containsExactly("T", "O", "N");
    isSmall();
    assertThat(mark(longest)).isEqualTo("paid:id-1");
  }
}
