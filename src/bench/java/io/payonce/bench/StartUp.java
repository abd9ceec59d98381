package io.payonce.bench;

import io.payonce.bench.Peer.Place;
import io.payonce.bench.Peer.Program;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * From {@code java -jar} to ready, and how the first payments fare. Arguments: options of the JVM; or
 * {@code --image JAVA PRODUCTION}, the two folders that {@code k8s/image} makes.
 */
public final class StartUp {
  private static final int STARTS = 7;
  private static final int FIRST = 100;

  /** The caller's first payments are not to be slow because of the caller. */
  private static final int WARM_CLIENT = 2000;

  private static final int STEADY_AFTER = 20_000;

  /** Pods are started with a file. */
  private static final Path FILE = Path.of("conf/payonce.yaml");

  private StartUp() {}

  public static void main(String[] args) throws Exception {
    Start start = args.length == 3 && args[0].equals("--image")
        ? image(Path.of(args[1]).toAbsolutePath(), Path.of(args[2]).toAbsolutePath())
        : jar(Path.of("target").toAbsolutePath(), List.of(args));
    System.out.println(String.join(" ", start.command()));
    long[] ready = new long[STARTS];
    for (int i = 0; i < STARTS; i++) {
      ready[i] = start(start, i == STARTS - 1);
    }
    Arrays.sort(ready);
    System.out.printf(
        "ready after %d ms (least %d, most %d, of %d)%n",
        ready[STARTS / 2], ready[0], ready[STARTS - 1], STARTS);
  }

  /** How it is started, and where. */
  private record Start(List<String> command, Path folder) {
    Start {
      if (!Files.isDirectory(folder)) {
        throw new IllegalArgumentException("no " + folder + ": see src/bench/README.md");
      }
    }
  }

  private static Start image(Path java, Path production) {
    List<String> command =
        new ArrayList<>(List.of(java + "/bin/java", "@java.args", "-jar", "payonce.jar"));
    command.addAll(List.of("serve", "--config", FILE.toAbsolutePath().toString()));
    return new Start(command, production);
  }

  private static Start jar(Path target, List<String> jvm) {
    List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
    command.addAll(jvm);
    command.addAll(List.of("-jar", "payonce.jar", "serve"));
    return new Start(command, target);
  }

  /** Returns the milliseconds until ready. */
  private static long start(Start start, boolean withPayments) throws Exception {
    try (Tools tools = new Tools();
        Store store = new Store(tools)) {
      int platform = Tools.freePort();
      tools.aside("platform", Nginx.platform(tools, platform, 0), platform);
      int port = Tools.freePort();
      int admin = Tools.freePort();
      Program program = Peer.all(Path.of("")).stream()
          .filter(peer -> peer.name().equals(Peer.PAYONCE))
          .findFirst()
          .orElseThrow()
          .start()
          .at(new Place(tools, port, platform, store.uri(), List.of()));
      ProcessBuilder builder = new ProcessBuilder(start.command())
          .directory(start.folder().toFile())
          .redirectErrorStream(true)
          .redirectOutput(tools.folder().resolve("payonce.log").toFile());
      builder.environment().putAll(program.env());
      builder.environment().putAll(Map.of("PAYONCE_ADMIN_PORT", Integer.toString(admin)));
      long since = System.nanoTime();
      Process process = builder.start();
      try {
        awaitReady(process, admin, since);
        long millis = (System.nanoTime() - since) / 1_000_000;
        if (withPayments) {
          payments(platform, port);
        }
        return millis;
      } finally {
        process.destroy();
        process.waitFor();
      }
    }
  }

  private static void awaitReady(Process process, int admin, long since) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest ask =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin + "/health/ready")).build();
    while (process.isAlive() && System.nanoTime() - since < 60_000_000_000L) {
      try {
        if (client.send(ask, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (java.io.IOException notYet) {
        Thread.sleep(2);
      }
    }
    throw new IllegalStateException("never ready");
  }

  private static void payments(int platform, int port) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    micros(client, platform, 0, WARM_CLIENT);
    long[] first = micros(client, port, 0, FIRST);
    micros(client, port, FIRST, STEADY_AFTER);
    long[] steady = micros(client, port, FIRST + STEADY_AFTER, 2000);
    System.out.printf(
        "one payment at a time: the first %.1f ms, of the first %d p50 %.2f p99 %.2f ms; after %d p50 %.2f"
            + " p99 %.2f ms%n",
        first[0] / 1e3,
        FIRST,
        percentile(first, 50) / 1e3,
        percentile(first, 99) / 1e3,
        STEADY_AFTER,
        percentile(steady, 50) / 1e3,
        percentile(steady, 99) / 1e3);
  }

  private static long[] micros(HttpClient client, int port, int from, int count) throws Exception {
    long[] micros = new long[count];
    for (int i = 0; i < count; i++) {
      String body = ("{\"appId\":\"a\",\"merchantId\":\"M%d\",\"referenceOrderId\":\"start-%d\","
              + "\"transactionRequestId\":\"start-%d\",\"amount\":{\"orderAmount\":1999,\"priceCurrency\":\"USD\"},"
              + "\"description\":\"a book\",\"terminalSn\":\"T1\"}")
          .formatted(i % 50, from + i, from + i);
      HttpRequest pay = HttpRequest.newBuilder(
              URI.create("http://127.0.0.1:" + port + "/v1/semi-integration/transaction/sale"))
          .header("Authorization", "Bearer pk_bench")
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString(body))
          .build();
      long since = System.nanoTime();
      HttpResponse<String> answer = client.send(pay, HttpResponse.BodyHandlers.ofString());
      micros[i] = (System.nanoTime() - since) / 1000;
      if (!answer.body().contains("\"S\"")) {
        throw new IllegalStateException("not paid: " + answer.body());
      }
    }
    return micros;
  }

  private static long percentile(long[] micros, int percent) {
    long[] sorted = micros.clone();
    Arrays.sort(sorted);
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }
}
