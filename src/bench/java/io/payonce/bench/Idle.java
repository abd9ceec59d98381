package io.payonce.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What pods cost that nobody calls: CPU of pod and Redis, and what Redis is asked. Arguments: pods
 * (1), seconds (60), and folders of built releases ({@code target} with the jar and its {@code lib})
 * that are measured before this one.
 */
public final class Idle {
  /** What a start costs, compilers among it, is over by then, and the first rounds are done. */
  private static final long QUIET_MILLIS = 75_000;

  private static final int MOST_COMMANDS = 12;

  private Idle() {}

  public static void main(String[] args) throws Exception {
    int pods = args.length > 0 ? Integer.parseInt(args[0]) : 1;
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 60;
    List<String> paths = new ArrayList<>();
    for (int i = 2; i < args.length; i++) {
      paths.add(Path.of(args[i]).resolve("payonce.jar").toAbsolutePath().toString());
    }
    paths.add(System.getProperty("java.class.path"));
    for (String path : paths) {
      measure(path, pods, seconds);
    }
    System.exit(0);
  }

  private static void measure(String path, int pods, int seconds) throws Exception {
    try (Tools tools = new Tools();
        Store store = new Store(tools)) {
      List<ProcessHandle> all = new ArrayList<>();
      for (int i = 0; i < pods; i++) {
        all.add(pod(tools, store, path, "pod" + i).toHandle());
      }
      Thread.sleep(QUIET_MILLIS);
      Map<String, Long> asked = store.commands();
      Usage redis = store.usage();
      Usage used = sum(all);
      long since = System.nanoTime();
      Thread.sleep(seconds * 1000L);
      double micros = (System.nanoTime() - since) / 1e3;
      Usage usedThen = sum(all).since(used);
      Usage redisThen = store.usage().since(redis);
      System.out.printf(
          "%s: pod %.2f %% of a core (%.2f of them compilers), Redis %.2f %%, %d MiB%n",
          path.endsWith(".jar") ? path : "this one",
          100 * usedThen.cpuMicros() / micros / pods,
          100 * usedThen.compilerMicros() / micros / pods,
          100 * redisThen.cpuMicros() / micros,
          usedThen.residentKib() / 1024 / pods);
      System.out.println("  a second: " + perSecond(asked, store.commands(), micros / 1e6));
    }
  }

  private static String perSecond(Map<String, Long> before, Map<String, Long> after, double seconds) {
    Map<String, Long> counts = new TreeMap<>(after);
    before.forEach((name, count) -> counts.merge(name, -count, Long::sum));
    return counts.entrySet().stream()
        .filter(each -> each.getValue() > 0)
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .limit(MOST_COMMANDS)
        .map(each -> "%s %.1f".formatted(each.getKey(), each.getValue() / seconds))
        .collect(Collectors.joining(", "));
  }

  private static Usage sum(List<ProcessHandle> pods) {
    return pods.stream().map(Usage::of).reduce(Usage.NONE, Usage::and);
  }

  private static Process pod(Tools tools, Store store, String path, String name) throws IOException {
    int port = Tools.freePort();
    List<String> command = List.of(
        System.getProperty("java.home") + File.separator + "bin/java",
        "-Xms128m",
        "-Xmx128m",
        "-XX:+UseSerialGC",
        "-XX:-UsePerfData", // as the image has it: it wakes a JVM twenty times a second
        "-cp",
        path,
        "io.payonce.Main",
        "serve");
    Map<String, String> env = new HashMap<>(Map.of(
        "PAYONCE_SERVER_PORT", Integer.toString(port),
        "PAYONCE_ADMIN_PORT", "0",
        "PAYONCE_CLIENT_KEYS", "bench:pk_bench",
        "PAYONCE_REDIS_URIS", store.uri(),
        "PAYONCE_UPSTREAM_BASE_URL", "http://127.0.0.1:" + Tools.freePort(),
        "PAYONCE_UPSTREAM_API_KEY", "sk_bench",
        "PAYONCE_LEDGER_ENCRYPTION_KEY", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="));
    // With all that looks around by itself.
    env.put("PAYONCE_NOTIFY_SECRET", "a secret of the benchmark");
    env.put("PAYONCE_NOTIFY_ALLOW_HOSTS", "shop.example");
    return tools.underTest(name, command, env, port);
  }
}
