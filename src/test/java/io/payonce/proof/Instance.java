package io.payonce.proof;

import io.payonce.redis.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** {@code payonce serve} as a process of its own, on a port that outlives it. */
final class Instance implements AutoCloseable {
  private static final Pattern SERVES =
      Pattern.compile("Payonce serves (http://\\S+), operations (http://[^\\s,]+)");

  private final Map<String, String> environment;
  private final String classes;
  private final Path log;
  private volatile Process process;

  private Instance(Map<String, String> environment, String classes) throws IOException {
    this.environment = environment;
    this.classes = classes;
    this.log = Files.createTempDirectory("payonce-instance-").resolve("log");
  }

  /** Returns at once; {@link #base} waits until it serves. */
  static Instance start(Map<String, String> environment) {
    return start(environment, System.getProperty("java.class.path"));
  }

  /** The same for another release of the program. */
  static Instance start(Map<String, String> environment, String classes) {
    try {
      Instance instance = new Instance(environment, classes);
      instance.launch();
      return instance;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void launch() throws IOException {
    Files.deleteIfExists(log);
    ProcessBuilder builder = new ProcessBuilder(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx192m",
            "-cp",
            classes,
            "io.payonce.Main",
            "serve"))
        .directory(log.getParent().toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    process = builder.start();
  }

  /** Where it serves callers. */
  String base() {
    return serves(1);
  }

  /** Where it says how it is. */
  String admin() {
    return serves(2);
  }

  private String serves(int which) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> SERVES.matcher(log()).find() || !process.isAlive());
    Matcher serves = SERVES.matcher(log());
    if (!serves.find()) {
      throw new IllegalStateException("ended with " + process.exitValue() + ":\n" + log());
    }
    return serves.group(which);
  }

  /** SIGKILL: nothing is finished, nothing is said. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** SIGTERM: what is in flight is finished. Returns the exit code. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      throw new IllegalStateException("does not end:\n" + log());
    }
    return process.exitValue();
  }

  void restart() {
    try {
      launch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void freeze() {
    Signals.freeze(process.pid());
  }

  void thaw() {
    Signals.thaw(process.pid());
  }

  String log() {
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitEnd() {
    try {
      process.waitFor(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
