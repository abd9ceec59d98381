package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.payonce.FreePorts;
import io.payonce.Overheard;
import io.payonce.e2e.Caller.Got;
import io.payonce.e2e.Fault.Seen;
import io.payonce.redis.MoodyRedis;
import io.payonce.redis.RawRedis;
import io.payonce.redis.Signals;
import io.payonce.sandbox.EmbeddedRedis;
import io.payonce.sandbox.EmbeddedRedis.Options;
import io.payonce.tls.Pki;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** What can be wrong with a Redis, one row each. */
final class RedisFaults {
  private static final String PASSWORD = "s3cret";

  private RedisFaults() {}

  static List<Fault> all() {
    return List.of(
        new Fault("nothing listens there when a pod starts", RedisFaults::nobody),
        new Fault("what is there takes the connection and says nothing", RedisFaults::hole),
        new Fault("its certificate is signed by another authority", RedisFaults::certificate),
        new Fault("the password is wrong", RedisFaults::wrongPassword),
        new Fault("it wants a password, and none is given", RedisFaults::noPassword),
        new Fault("`redis.mode: cluster` at a single Redis", RedisFaults::noCluster),
        new Fault("no seed of the cluster can be reached", RedisFaults::seeds),
        new Fault("no sentinel can be reached", RedisFaults::sentinels),
        new Fault("the sentinels know it by another name", RedisFaults::otherName),
        new Fault("its ACL lacks one command of a script", RedisFaults::fewRights),
        new Fault("it forgets keys when its memory is full", RedisFaults::evicts),
        new Fault("such a policy is set while a pod runs", RedisFaults::evictsLater),
        new Fault("`INFO` is not allowed", RedisFaults::blind),
        new Fault("it has no append-only file", RedisFaults::noFile),
        new Fault("it ends while a pod runs", RedisFaults::ends),
        new Fault("it hangs", RedisFaults::hangs),
        new Fault("its memory is full", RedisFaults::full),
        new Fault("it cannot write its file", RedisFaults::noDisk),
        new Fault("its replicas are gone (`min-replicas-to-write`)", RedisFaults::noReplicas),
        new Fault("it has become a replica", RedisFaults::replica),
        new Fault("its password is another, and connections are cut", RedisFaults::rotated),
        new Fault("it has as many clients as it takes", RedisFaults::crowded),
        new Fault("its ACL loses a command while a pod runs", RedisFaults::losesRight),
        new Fault(
            "what it holds is another node's (`redis.mode` is no cluster)", RedisFaults::moved),
        new Fault("it is a cluster that serves these slots no more", RedisFaults::down),
        new Fault(
            "a connection to it is half open, and the caller has time", RedisFaults::halfOpen),
        new Fault(
            "its password is another for a while, and the caller has time", RedisFaults::away));
  }

  private static Seen nobody(TestPod testPod, Overheard log) {
    return fromTheStart(testPod, log, "UNREACHABLE", Map.of("redis.uris", nowhere()));
  }

  private static Seen hole(TestPod testPod, Overheard log) throws IOException {
    try (ServerSocket hole = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String uri = "redis://127.0.0.1:" + hole.getLocalPort();
      return fromTheStart(testPod, log, "TIMEOUT", Map.of("redis.uris", uri));
    }
  }

  private static Seen certificate(TestPod testPod, Overheard log) throws IOException {
    Path folder = Files.createTempDirectory("payonce-faults-");
    Pki.Identity theirs = new Pki(folder, "theirs").localhost();
    Vertx vertx = Vertx.vertx();
    try {
      int port = TestPod.await(vertx
              .createNetServer(new NetServerOptions()
                  .setHost("localhost")
                  .setSsl(true)
                  .setKeyCertOptions(new PemKeyCertOptions()
                      .addCertPath(theirs.chain().toString())
                      .addKeyPath(theirs.key().toString())))
              .connectHandler(socket -> {})
              .exceptionHandler(refused -> {})
              .listen())
          .actualPort();
      return fromTheStart(
          testPod,
          log,
          "CERTIFICATE",
          Map.of(
              "redis.uris",
              "rediss://localhost:" + port,
              "redis.caFile",
              new Pki(folder, "ours").authorityFile().toString()));
    } finally {
      TestPod.await(vertx.close());
    }
  }

  private static Seen wrongPassword(TestPod testPod, Overheard log) {
    try (EmbeddedRedis redis = EmbeddedRedis.start(sound().withPassword(PASSWORD))) {
      String uri = "redis://:wrong@127.0.0.1:" + redis.port();
      return fromTheStart(testPod, log, "WRONGPASS", Map.of("redis.uris", uri));
    }
  }

  private static Seen noPassword(TestPod testPod, Overheard log) {
    try (EmbeddedRedis redis = EmbeddedRedis.start(sound().withPassword(PASSWORD))) {
      return fromTheStart(testPod, log, "NOAUTH", Map.of("redis.uris", plain(redis)));
    }
  }

  private static Seen noCluster(TestPod testPod, Overheard log) {
    return fromTheStart(testPod, log, "NO_CLUSTER", Map.of("redis.mode", "cluster"));
  }

  private static Seen seeds(TestPod testPod, Overheard log) {
    return fromTheStart(
        testPod, log, "UNREACHABLE", Map.of("redis.mode", "cluster", "redis.uris", nowhere()));
  }

  private static Seen sentinels(TestPod testPod, Overheard log) {
    return fromTheStart(
        testPod, log, "UNREACHABLE", Map.of("redis.mode", "sentinel", "redis.uris", nowhere()));
  }

  private static Seen otherName(TestPod testPod, Overheard log) {
    try (EmbeddedRedis sentinel =
        EmbeddedRedis.start(Options.defaults().withArguments("--sentinel"))) {
      return fromTheStart(
          testPod,
          log,
          "UNKNOWN_MASTER",
          Map.of("redis.mode", "sentinel", "redis.uris", plain(sentinel)));
    }
  }

  private static Seen fewRights(TestPod testPod, Overheard log) {
    user(testPod, "few", "-zadd");
    return fromTheStart(testPod, log, "NOPERM", Map.of("redis.uris", as("few", testPod)));
  }

  private static Seen evicts(TestPod testPod, Overheard log) {
    ask(testPod, "CONFIG", "SET", "maxmemory", "1gb");
    ask(testPod, "CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
    try {
      Throwable refused = catchThrowable(() -> testPod.guest(Map.of()).close());
      assertThat(refused).hasStackTraceContaining("EVICTS").hasStackTraceContaining("allowUnsafe");
      try (Guest guest = testPod.guest(Map.of("redis.allowUnsafe", "true"))) {
        assertThat(Scenario.of(testPod, null).payAt(guest).isPaid()).isTrue();
      }
      return new Seen(
          "no pod listens", "`serve` ends with code 1 and says why; not with `redis.allowUnsafe`");
    } finally {
      mend(testPod);
    }
  }

  private static Seen evictsLater(TestPod testPod, Overheard log) {
    try (Guest guest = testPod.guest(Map.of())) {
      ask(testPod, "CONFIG", "SET", "maxmemory", "1gb");
      ask(testPod, "CONFIG", "SET", "maxmemory-policy", "volatile-ttl");
      // It is looked at once a minute, and whenever it is connected anew.
      ask(testPod, "CLIENT", "KILL", "TYPE", "normal");
      TestPod.until(() -> says(guest, "EVICTS: ") != null);
      Got got = paid(testPod, guest);
      assertThat(guest.operator().get("/metrics").body())
          .contains("payonce_redis_unsafe{worry=\"EVICTS\"} 1");
      return new Seen(Fault.heard(got), worried(log, guest, "EVICTS"));
    } finally {
      mend(testPod);
    }
  }

  private static Seen blind(TestPod testPod, Overheard log) {
    user(testPod, "blind", "-info");
    try (Guest guest = testPod.guest(Map.of("redis.uris", as("blind", testPod)))) {
      return new Seen(Fault.heard(paid(testPod, guest)), worried(log, guest, "UNCHECKED"));
    }
  }

  private static Seen noFile(TestPod testPod, Overheard log) {
    try (EmbeddedRedis redis = EmbeddedRedis.start(Options.defaults());
        Guest guest = testPod.guest(Map.of("redis.uris", redis.uri()))) {
      return new Seen(Fault.heard(paid(testPod, guest)), worried(log, guest, "NO_APPEND_ONLY"));
    }
  }

  private static Seen ends(TestPod testPod, Overheard log) {
    try (EmbeddedRedis redis = EmbeddedRedis.start(sound());
        Guest guest = testPod.guest(Map.of("redis.uris", redis.uri()))) {
      paid(testPod, guest);
      redis.kill();
      TestPod.until(() -> says(guest, "UNREACHABLE: ") != null);
      return new Seen(refused(testPod, guest, "UNREACHABLE"), operator(log, guest, "UNREACHABLE"));
    }
  }

  private static Seen hangs(TestPod testPod, Overheard log) {
    try (EmbeddedRedis redis = EmbeddedRedis.start(sound());
        Guest guest = testPod.guest(Map.of("redis.uris", redis.uri()))) {
      paid(testPod, guest);
      Signals.freeze(redis.pid());
      Got got = Scenario.of(testPod, null).payAt(guest, "Prefer", "wait=1");
      assertThat(got.outcome()).as(got.body()).isEqualTo("P");
      // New connections find it silent, too, sooner or later: what is said of calls is meant here.
      String said = "TIMEOUT: no answer in time";
      TestPod.until(() -> says(guest, said) != null);
      String seen = "ready %d, “%s”".formatted(guest.ready().status(), says(guest, said));
      Signals.thaw(redis.pid());
      return new Seen(Fault.heard(got), seen);
    }
  }

  private static Seen full(TestPod testPod, Overheard log) {
    return later(testPod, log, "OOM", () -> ask(testPod, "CONFIG", "SET", "maxmemory", "100kb"));
  }

  private static Seen noReplicas(TestPod testPod, Overheard log) {
    return later(
        testPod,
        log,
        "NOREPLICAS",
        () -> ask(testPod, "CONFIG", "SET", "min-replicas-to-write", "1"));
  }

  private static Seen replica(TestPod testPod, Overheard log) {
    return later(testPod, log, "READONLY", () -> ask(testPod, "REPLICAOF", "127.0.0.1", "1"));
  }

  private static Seen noDisk(TestPod testPod, Overheard log) {
    try (EmbeddedRedis redis = EmbeddedRedis.start(sound());
        Guest guest = testPod.guest(Map.of("redis.uris", redis.uri()))) {
      paid(testPod, guest);
      loseFolder(redis);
      RawRedis.ask(redis.port(), "CONFIG", "SET", "save", "3600 1");
      RawRedis.ask(redis.port(), "BGSAVE");
      TestPod.until(() -> RawRedis.text(RawRedis.ask(redis.port(), "INFO", "persistence"))
          .contains("rdb_last_bgsave_status:err"));
      return new Seen(refused(testPod, guest), operator(log, guest, "MISCONF"));
    }
  }

  private static void loseFolder(EmbeddedRedis redis) {
    try {
      Path folder = Files.readSymbolicLink(Path.of("/proc/" + redis.pid() + "/cwd"));
      try (Stream<Path> files = Files.walk(folder)) {
        files
            .sorted(java.util.Comparator.reverseOrder())
            .forEach(file -> file.toFile().delete());
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Seen rotated(TestPod testPod, Overheard log) {
    try (EmbeddedRedis redis = EmbeddedRedis.start(sound().withPassword(PASSWORD));
        Guest guest = testPod.guest(Map.of("redis.uris", redis.uri()))) {
      paid(testPod, guest);
      try (RawRedis admin = new RawRedis(redis.port())) {
        admin.call("AUTH", PASSWORD);
        admin.call("CONFIG", "SET", "requirepass", "another");
        admin.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
      }
      TestPod.until(() -> says(guest, "WRONGPASS: ") != null);
      return new Seen(refused(testPod, guest, "WRONGPASS"), operator(log, guest, "WRONGPASS"));
    }
  }

  private static Seen crowded(TestPod testPod, Overheard log) {
    try (EmbeddedRedis redis = EmbeddedRedis.start(sound());
        Guest guest = testPod.guest(Map.of("redis.uris", redis.uri()));
        RawRedis admin = new RawRedis(redis.port())) {
      paid(testPod, guest);
      admin.call("CONFIG", "SET", "maxclients", "1");
      admin.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
      TestPod.until(() -> says(guest, "MAXCLIENTS: ") != null);
      Seen seen =
          new Seen(refused(testPod, guest, "MAXCLIENTS"), operator(log, guest, "MAXCLIENTS"));
      admin.call("CONFIG", "SET", "maxclients", "1000");
      paid(testPod, guest);
      return seen;
    }
  }

  /**
   * What came before the missing command stays done: no caller may be answered that nothing ran.
   */
  private static Seen losesRight(TestPod testPod, Overheard log) {
    user(testPod, "loses", "+zadd");
    try (Guest guest = testPod.guest(Map.of("redis.uris", as("loses", testPod)))) {
      paid(testPod, guest);
      user(testPod, "loses", "-zadd");
      Scenario scene = Scenario.of(testPod, null);
      Got got = scene.payAt(guest, "Prefer", "wait=1");
      assertThat(got.outcome()).as(got.body()).isEqualTo("P");
      assertThat(got.header("Payonce-Sent")).isEqualTo("unknown");
      scene.charged(0);
      TestPod.until(() -> String.valueOf(says(guest, "NOPERM: ")).endsWith("ZADD"));
      return new Seen(Fault.heard(got), operator(log, guest, "NOPERM"));
    }
  }

  private static Seen moved(TestPod testPod, Overheard log) {
    return answers(testPod, log, "MOVED", "MOVED 3999 10.9.8.7:6381");
  }

  private static Seen down(TestPod testPod, Overheard log) {
    return answers(testPod, log, "CLUSTERDOWN", "CLUSTERDOWN Hash slot not served");
  }

  private static Seen answers(TestPod testPod, Overheard log, String word, String error) {
    try (MoodyRedis redis = new MoodyRedis(testPod.redis().port());
        Guest guest = testPod.guest(Map.of("redis.uris", redis.uri()))) {
      paid(testPod, guest);
      redis.answer(error);
      String heard = refused(testPod, guest);
      assertThat(heard).contains("(Redis: " + word + ")").doesNotContain("10.9.8.7");
      String operator = operator(log, guest, word);
      assertThat(log.warnings()).filteredOn(line -> line.contains(word)).hasSize(1);
      redis.answer(null);
      TestPod.until(() -> says(guest, word + ": ") == null);
      paid(testPod, guest);
      return new Seen(heard, operator);
    }
  }

  /** Its begin was written, and it is unknown whether it arrived. */
  private static Seen halfOpen(TestPod testPod, Overheard log) {
    try (MoodyRedis redis = new MoodyRedis(testPod.redis().port());
        Guest guest =
            testPod.guest(Map.of("redis.uris", redis.uri(), "redis.callTimeoutMs", "1000"))) {
      paid(testPod, guest);
      redis.deafen();
      Scenario scene = Scenario.of(testPod, null);
      Got got = scene.payAt(guest);
      assertThat(redis.unheard()).isPositive();
      assertThat(got.isPaid()).as(got.body()).isTrue();
      scene.charged(1);
      return new Seen(Fault.heard(got), "nothing, once it is connected anew");
    }
  }

  private static Seen away(TestPod testPod, Overheard log) {
    try (MoodyRedis redis = new MoodyRedis(testPod.redis().port());
        Guest guest =
            testPod.guest(Map.of("redis.uris", redis.uri(), "redis.callTimeoutMs", "1000"))) {
      paid(testPod, guest);
      redis.deafen();
      Scenario scene = Scenario.of(testPod, null);
      CompletableFuture<Got> paying =
          guest.caller().postAsync(Caller.SALE, scene.body().encode());
      TestPod.until(() -> redis.unheard() > 0);
      redis.refuseLogins("WRONGPASS invalid username-password pair or user is disabled.");
      redis.cut();
      String operator = operator(log, guest, "WRONGPASS");
      assertThat(paying).as("his begin may have happened").isNotDone();
      redis.refuseLogins(null);
      Got got = paying.join();
      assertThat(got.isPaid()).as(got.body()).isTrue();
      scene.charged(1);
      return new Seen(Fault.heard(got), operator);
    }
  }

  private static Seen fromTheStart(
      TestPod testPod, Overheard log, String word, Map<String, String> settings) {
    try (Guest guest = testPod.guest(settings)) {
      TestPod.until(() -> says(guest, word + ": ") != null);
      assertThat(guest.ready().status()).isEqualTo(503);
      return new Seen(refused(testPod, guest, word), operator(log, guest, word));
    }
  }

  private static Seen later(TestPod testPod, Overheard log, String word, Runnable breaking) {
    try (Guest guest = testPod.guest(Map.of())) {
      paid(testPod, guest);
      breaking.run();
      String heard = refused(testPod, guest);
      assertThat(heard).contains("(Redis: " + word + ")");
      String operator = operator(log, guest, word);
      assertThat(guest.ready().status()).isEqualTo(200);
      return new Seen(heard, operator);
    } finally {
      mend(testPod);
    }
  }

  private static void mend(TestPod testPod) {
    ask(testPod, "CONFIG", "SET", "maxmemory", "0");
    ask(testPod, "CONFIG", "SET", "maxmemory-policy", "noeviction");
    ask(testPod, "CONFIG", "SET", "min-replicas-to-write", "0");
    ask(testPod, "REPLICAOF", "NO", "ONE");
  }

  private static Got paid(TestPod testPod, Guest guest) {
    Got[] got = new Got[1];
    // A connection that was cut just now is being made anew.
    TestPod.until(() -> (got[0] = Scenario.of(testPod, null).payAt(guest)).isPaid());
    return got[0];
  }

  /** Nothing was sent, and it is said. */
  private static String refused(TestPod testPod, Guest guest) {
    Scenario scene = Scenario.of(testPod, null);
    Got got = scene.payAt(guest);
    Scenario.refuses(got, "E01", "proxy", "not-by-this-call", 0);
    scene.charged(0);
    return Fault.heard(got);
  }

  /**
   * The same once the event loop that is met has tried to connect again, and knows why it cannot:
   * until then a begin may be on its way, and the answer is rightly P.
   */
  private static String refused(TestPod testPod, Guest guest, String word) {
    Scenario[] scene = new Scenario[1];
    Got[] got = new Got[1];
    TestPod.until(() -> {
      scene[0] = Scenario.of(testPod, null);
      got[0] = scene[0].payAt(guest);
      return got[0].body().contains("(Redis: " + word + ")");
    });
    Scenario.refuses(got[0], "E01", "proxy", "not-by-this-call", 0);
    scene[0].charged(0);
    return Fault.heard(got[0]);
  }

  private static String operator(Overheard log, Guest guest, String word) {
    TestPod.until(() -> says(guest, word + ": ") != null && guest.counted(word) > 0);
    assertThat(log.warnings().stream().filter(line -> line.contains(word)))
        .as("each word once, of " + log.warnings())
        .hasSizeLessThan(2);
    return "ready " + guest.ready().status() + ", “" + says(guest, word + ": ") + "”; counted as `"
        + word + "`";
  }

  private static String worried(Overheard log, Guest guest, String worry) {
    assertThat(log.warnings()).filteredOn(line -> line.contains(worry)).hasSize(1);
    return "ready " + guest.ready().status() + ", “" + says(guest, worry + ": ")
        + "”; one line of the log, banner, `payonce_redis_unsafe`";
  }

  /** What {@code /health/ready} says with this word, without ports; null when it does not. */
  private static String says(Guest guest, String word) {
    return Arrays.stream(guest.ready().json().getString("redis").split("; "))
        .filter(each -> each.contains(word))
        .findFirst()
        .map(each -> each.replaceAll("(127\\.0\\.0\\.1|localhost):\\d+", "redis:6379"))
        .orElse(null);
  }

  private static Options sound() {
    return Options.defaults().withAppendOnly();
  }

  private static void user(TestPod testPod, String name, String rule) {
    ask(
        testPod,
        "ACL",
        "SETUSER",
        name,
        "reset",
        "on",
        ">pw",
        "resetchannels",
        "~*",
        "+@all",
        rule);
  }

  private static String as(String user, TestPod testPod) {
    return "redis://" + user + ":pw@127.0.0.1:" + testPod.redis().port();
  }

  private static String plain(EmbeddedRedis redis) {
    return "redis://127.0.0.1:" + redis.port();
  }

  private static void ask(TestPod testPod, Object... words) {
    RawRedis.ask(testPod.redis().port(), words);
  }

  private static String nowhere() {
    return "redis://127.0.0.1:" + FreePorts.next();
  }
}
