package io.payonce.bench;

import io.payonce.ledger.BeginResult;
import io.payonce.ledger.Deferral;
import io.payonce.ledger.NewPayment;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.ledger.redis.LocalClock;
import io.payonce.ledger.redis.RedisLedger;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.model.Abilities;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.PaymentRef;
import io.payonce.recovery.Stage;
import io.payonce.redis.RedisLane;
import io.payonce.redis.RedisSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine;

/**
 * What comes after an outage: many payments in doubt, two pods, a platform that is silent and then
 * answers in 50 ms, and fresh payments all the time. Pods share the first core; load, platform and
 * Redis the second.
 */
@Command(
    name = "outage",
    mixinStandardHelpOptions = true,
    description = "How long payments in doubt take to end, and what fresh payments lose meanwhile.")
public final class Outage implements Callable<Integer> {
  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
  private static final int WARM_SECONDS = 30;
  private static final int BEFORE_SECONDS = 15;
  private static final int AT_ONCE = 50;
  private static final long LONGEST_MILLIS = 600_000;

  @Option(names = "--payments", defaultValue = "20000", description = "In doubt; ${DEFAULT-VALUE}.")
  private int payments;

  @Option(names = "--merchants", defaultValue = "50", description = "Theirs; ${DEFAULT-VALUE}.")
  private int merchants;

  @Option(names = "--unknown", defaultValue = "50", description = "One in so many never came in.")
  private int unknown;

  @Option(names = "--fresh", defaultValue = "400", description = "A second; ${DEFAULT-VALUE}.")
  private int fresh;

  @Option(names = "--silence", defaultValue = "60", description = "Seconds; ${DEFAULT-VALUE}.")
  private int silence;

  @Option(names = "--pods", defaultValue = "2", description = "Default: ${DEFAULT-VALUE}.")
  private int pods;

  @Option(names = "--deadline", defaultValue = "600", description = "Seconds until review.")
  private int deadline;

  @Option(names = "--classes", description = "Class path of another release, to compare with.")
  private String classes;

  private final Vertx vertx = Vertx.vertx();
  private final List<Process> loads = new ArrayList<>();

  private Outage() {}

  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT);
    System.exit(new CommandLine(new Outage()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    try (Tools tools = new Tools();
        Store store = new Store(tools)) {
      new ProcessBuilder(
              "taskset", "-a", "-c", "-p", "1", Long.toString(ProcessHandle.current().pid()))
          .start()
          .waitFor();
      SilentPlatform platform = new SilentPlatform(vertx, unknown);
      List<Process> running = new ArrayList<>();
      for (int pod = 0; pod < pods; pod++) {
        int port = Tools.freePort();
        running.add(tools.underTest("pod" + pod, command(), env(store, platform, port), port));
        loads.add(load(tools, port));
      }
      measure(store, platform, running);
    } finally {
      loads.forEach(Process::destroy);
      vertx.close();
    }
    return 0;
  }

  private void measure(Store store, SilentPlatform platform, List<Process> running)
      throws Exception {
    TimeUnit.SECONDS.sleep(WARM_SECONDS);
    double before = rate(platform, BEFORE_SECONDS);
    long cpu = cpu(running);
    say("before: %.0f fresh payments a second, pods %.0f %% of a core", before,
        (cpu(running, BEFORE_SECONDS) - cpu) / 1e4 / BEFORE_SECONDS);
    platform.silent(true);
    fill(store);
    say("silent; %d payments in doubt", store.due());
    platform.forget();
    cpu = cpu(running);
    long redis = store.usage().cpuMicros();
    TimeUnit.SECONDS.sleep(silence);
    say(
        "while silent: %.1f questions a second, pods %.0f %% of a core, Redis %.0f %%",
        (double) platform.questions() / silence,
        (cpu(running) - cpu) / 1e4 / silence,
        (store.usage().cpuMicros() - redis) / 1e4 / silence);
    platform.silent(false);
    platform.forget();
    long since = System.nanoTime();
    long next = 5;
    double seconds = 0;
    int left = payments / unknown + fresh;
    while (store.due() > left && seconds * 1000 < LONGEST_MILLIS) {
      TimeUnit.MILLISECONDS.sleep(500);
      seconds = (System.nanoTime() - since) / 1e9;
      if (seconds >= next) {
        say("  after %.0f s: %d left, %.0f fresh a second so far, at most %d questions at once",
            seconds, store.due(), platform.sales() / seconds, platform.mostAtOnce());
        next += next < 20 ? 5 : 10; // fresh payments are refused in the first ones
      }
    }
    double during = platform.sales() / seconds;
    say("all that the platform knows has ended after %.0f s (%.0f a second)",
        seconds, payments / seconds);
    say("fresh payments meanwhile: %.0f a second, %.0f %% of before; sent again: %d",
        during, 100 * during / before, platform.resends());
  }

  private static void say(String what, Object... figures) {
    System.out.printf(what + "%n", figures);
  }

  private static double rate(SilentPlatform platform, int seconds) throws InterruptedException {
    platform.forget();
    TimeUnit.SECONDS.sleep(seconds);
    return (double) platform.sales() / seconds;
  }

  private static long cpu(List<Process> running) {
    return running.stream()
        .map(process -> Usage.of(process.toHandle()))
        .mapToLong(Usage::cpuMicros)
        .sum();
  }

  private static long cpu(List<Process> running, int afterSeconds) throws InterruptedException {
    TimeUnit.SECONDS.sleep(afterSeconds);
    return cpu(running);
  }

  /**
   * By wrk, each of whose callers comes once a second: few who come often would all be held by
   * payments that the platform did not answer.
   */
  private Process load(Tools tools, int port) throws Exception {
    int connections = Math.max(1, fresh / pods);
    long pause = 1000 - SilentPlatform.ANSWER_MILLIS;
    List<String> command = new ArrayList<>(tools.beside());
    command.addAll(List.of("wrk", "-t1", "-c" + connections, "-d3600s", "--timeout", "40s"));
    command.addAll(List.of("-s", tools.file("pay.lua").toString(), "http://127.0.0.1:" + port));
    command.addAll(List.of("--", "f" + port, Long.toString(pause), "7"));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(tools.folder().resolve("load" + port).toFile())
        .start();
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(Peer.JVM);
    String path = classes == null ? System.getProperty("java.class.path") : classes;
    command.addAll(List.of("-cp", path, "io.payonce.Main", "serve"));
    return command;
  }

  private Map<String, String> env(Store store, SilentPlatform platform, int port) {
    Map<String, String> env = new HashMap<>();
    env.put("PAYONCE_SERVER_PORT", Integer.toString(port));
    env.put("PAYONCE_ADMIN_PORT", "0");
    env.put("PAYONCE_CLIENT_KEYS", "bench:pk_bench");
    env.put("PAYONCE_REDIS_URIS", store.uri());
    env.put("PAYONCE_UPSTREAM_BASE_URL", "http://127.0.0.1:" + platform.port());
    env.put("PAYONCE_UPSTREAM_NAME", "platform"); // whose payments fill() writes
    env.put("PAYONCE_UPSTREAM_API_KEY", "sk_bench");
    env.put("PAYONCE_RECOVERY_DEADLINE_MS", Long.toString(1000L * deadline));
    env.put("PAYONCE_LEDGER_ENCRYPTION_KEY", KEY);
    return env;
  }

  /** As pods write payments whose sends were not answered. */
  private void fill(Store store) throws Exception {
    Promise<Void> filled = Promise.promise();
    vertx.getOrCreateContext().runOnContext(go -> {
      RedisLane lane = RedisLane.open(vertx, RedisSettings.standalone(store.uri()));
      RedisLedger ledger = new RedisLedger(
          lane,
          new Sealer(Base64.getDecoder().decode(KEY)),
          LedgerSettings.of(15_000, 86_400_000, 604_800_000),
          LocalClock.of(vertx),
          Abilities.ALL);
      Tools.connected(vertx, lane).compose(up -> fill(ledger, 0)).eventually(lane::close).onComplete(filled);
    });
    filled.future().toCompletionStage().toCompletableFuture().get(10, TimeUnit.MINUTES);
  }

  private Future<Void> fill(RedisLedger ledger, int from) {
    if (from >= payments) {
      return Future.succeededFuture();
    }
    List<Future<Boolean>> some = new ArrayList<>();
    for (int i = from; i < Math.min(payments, from + AT_ONCE); i++) {
      some.add(inDoubt(ledger, i));
    }
    return Future.all(some).compose(done -> fill(ledger, from + AT_ONCE));
  }

  private Future<Boolean> inDoubt(RedisLedger ledger, int number) {
    PaymentId id = new PaymentId("D%010d".formatted(number % merchants), "request-" + number);
    String body = SilentPlatform.sale(id.merchantId(), id.requestId(), "order-" + number);
    PaymentRef ref = new PaymentRef(id, "ref:order-" + number, "print");
    return ledger
        .begin(NewPayment.plain(
            ref, Operation.SALE, body.getBytes(StandardCharsets.UTF_8), 1000))
        .map(begin -> ((BeginResult.Begun) begin).intent().lease())
        .compose(lease -> ledger.defer(
            lease, new Deferral(Stage.read("IN_DOUBT", "1.1.1."), 1, null, 1, "no answer")))
        .recover(busy -> vertx.timer(1000).map(false)); // one less
  }
}
