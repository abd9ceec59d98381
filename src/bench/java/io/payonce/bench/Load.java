package io.payonce.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/** One run of wrk: every request a payment that nobody made before. */
record Load(int connections, int seconds, long pauseMillis) {
  private static final int FIRST_MOMENT_SECONDS = 3;
  private static final int PROBES = 16;
  private static final long PROBE_PAUSE_MILLIS = 20;

  /** What wrk saw; times are micros from a request's first byte to its answer's last. */
  record Result(long requests, long micros, long failed, long p50, long p90, long p99, long p999) {
    double perSecond() {
      return requests * 1e6 / micros;
    }

    /** With a few others meanwhile, whose times count. */
    Result as(Result seen) {
      return new Result(
          requests + seen.requests,
          micros,
          failed + seen.failed,
          seen.p50,
          seen.p90,
          seen.p99,
          seen.p999);
    }

    /** Of two at the same time. */
    Result and(Result other) {
      return new Result(
          requests + other.requests,
          Math.max(micros, other.micros),
          failed + other.failed,
          Math.max(p50, other.p50),
          Math.max(p90, other.p90),
          Math.max(p99, other.p99),
          Math.max(p999, other.p999));
    }
  }

  Result run(Tools tools, int port) throws IOException, InterruptedException {
    Path script = tools.file("pay.lua");
    String prefix = Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
    List<String> command = new ArrayList<>(tools.beside());
    command.addAll(List.of("wrk", "-t1", "-c" + connections, "-d" + seconds + "s"));
    command.addAll(List.of("--timeout", "20s", "-s", script.toString()));
    command.addAll(List.of("http://127.0.0.1:" + port, "--", prefix));
    command.addAll(List.of(Long.toString(pauseMillis), "7"));
    Process wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    wrk.waitFor();
    return said.lines()
        .filter(line -> line.startsWith("RESULT "))
        .map(Load::parse)
        .findFirst()
        .orElseThrow(() -> new IOException("wrk failed: " + said));
  }

  /**
   * The same, but times are what a few callers see who come when the first moment is over: wrk opens
   * its connections all at once, and of a run of seconds one percent is that moment.
   */
  Result probed(Tools tools, int port) throws Exception {
    ExecutorService later = Executors.newSingleThreadExecutor();
    try {
      Future<Result> seen = later.submit(() -> {
        Thread.sleep(1000 * FIRST_MOMENT_SECONDS);
        return new Load(PROBES, seconds - FIRST_MOMENT_SECONDS - 1, PROBE_PAUSE_MILLIS)
            .run(tools, port);
      });
      return run(tools, port).as(seen.get());
    } finally {
      later.shutdownNow();
    }
  }

  private static Result parse(String line) {
    Map<String, Long> figures = new HashMap<>();
    for (String part : line.substring("RESULT ".length()).split(" ")) {
      int is = part.indexOf('=');
      figures.put(part.substring(0, is), Long.parseLong(part.substring(is + 1)));
    }
    return new Result(
        figures.get("requests"),
        figures.get("micros"),
        figures.get("failed"),
        figures.get("p50"),
        figures.get("p90"),
        figures.get("p99"),
        figures.get("p999"));
  }
}
