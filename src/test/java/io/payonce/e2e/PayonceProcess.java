package io.payonce.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code payonce serve}, or the sandbox, as a process of its own: it can be frozen, stopped and
 * killed.
 */
final class PayonceProcess implements AutoCloseable {
  private static final Pattern SERVES =
      Pattern.compile("Payonce serves (http://\\S+), operations (http://[^\\s,]+)");

  private static final Pattern WELCOMES =
      Pattern.compile("  proxy +(http://\\S+).*\\R  operations +(http://\\S+)");

  /** What a process that lives for seconds would only spend on its own speed. */
  private static final List<String> LIGHT = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final Process process;
  private final Path log;
  private final Pattern ready;
  private final String key;

  private PayonceProcess(Process process, Path log, Pattern ready, String key) {
    this.process = process;
    this.log = log;
    this.ready = ready;
    this.key = key;
  }

  /** Returns at once; {@link #caller} waits until it serves. */
  static PayonceProcess start(TestPod testPod) {
    return start(testPod, Map.of());
  }

  /** @param besides more of its environment */
  static PayonceProcess start(TestPod testPod, Map<String, String> besides) {
    Map<String, String> environment = new HashMap<>(testPod.environment());
    environment.putAll(besides);
    return start("serve", environment, SERVES, TestPod.KEY);
  }

  /**
   * The same, short of something.
   *
   * @param files how many it may open; 0 for as many as we may
   * @param jvm flags
   */
  static PayonceProcess start(
      TestPod testPod, Map<String, String> besides, int files, String... jvm) {
    Map<String, String> environment = new HashMap<>(testPod.environment());
    environment.putAll(besides);
    List<String> shell = files == 0
        ? List.of()
        : List.of("sh", "-c", "ulimit -n " + files + " && exec \"$@\"", "sh");
    return start("serve", environment, SERVES, TestPod.KEY, shell, List.of(jvm));
  }

  /** {@code payonce sandbox}, with a Redis and a platform of its own. */
  static PayonceProcess sandbox() {
    Map<String, String> anywhere = Map.of("PAYONCE_SERVER_PORT", "0", "PAYONCE_ADMIN_PORT", "0");
    return start("sandbox", anywhere, WELCOMES, "pk_demo");
  }

  private static PayonceProcess start(
      String command, Map<String, String> environment, Pattern ready, String key) {
    return start(command, environment, ready, key, List.of(), List.of());
  }

  private static PayonceProcess start(
      String command,
      Map<String, String> environment,
      Pattern ready,
      String key,
      List<String> shell,
      List<String> jvm) {
    try {
      Path folder = Files.createTempDirectory("payonce-pod-");
      Path log = folder.resolve("log");
      List<String> words = new ArrayList<>(shell);
      words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      words.addAll(LIGHT);
      words.addAll(jvm);
      words.addAll(
          List.of("-cp", System.getProperty("java.class.path"), "io.payonce.Main", command));
      ProcessBuilder builder = new ProcessBuilder(words)
          .directory(folder.toFile())
          .redirectErrorStream(true)
          .redirectOutput(log.toFile());
      builder.environment().putAll(environment);
      return new PayonceProcess(builder.start(), log, ready, key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Caller caller() {
    return new Caller(said(1), key);
  }

  String operations() {
    return said(2);
  }

  /** Of the first metric that is so named, with this among its labels; empty without one. */
  String metric(String name, String label) {
    Caller admin = new Caller(operations(), null);
    return admin
        .send(admin.request("/metrics").GET().build())
        .join()
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .filter(line -> line.contains(label))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .findFirst()
        .orElse("");
  }

  long pid() {
    return process.pid();
  }

  /** SIGKILL: nothing is finished, nothing is said. */
  void kill() {
    process.destroyForcibly();
  }

  boolean hasEnded() {
    return !process.isAlive();
  }

  /** SIGTERM. */
  void stop() {
    process.destroy();
  }

  int exitCode() {
    try {
      if (!process.waitFor(3, TimeUnit.MINUTES)) {
        throw new IllegalStateException("still running:\n" + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String said(int group) {
    TestPod.until(() -> ready.matcher(log()).find() || !process.isAlive());
    Matcher serves = ready.matcher(log());
    if (!serves.find()) {
      throw new IllegalStateException("ended with " + process.exitValue() + ":\n" + log());
    }
    return serves.group(group);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    exitCode();
  }
}
