package io.payonce.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.payonce.redis.RawRedis;
import io.payonce.sandbox.EmbeddedRedis.Options;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EmbeddedRedisTest {

  @Test
  void what_was_appended_survives_a_kill() {
    try (EmbeddedRedis redis = EmbeddedRedis.start(Options.defaults().withAppendOnly())) {
      RawRedis.ask(redis.port(), "SET", "k", "kept");
      long first = redis.pid();
      redis.kill();
      assertThat(ProcessHandle.of(first).map(ProcessHandle::isAlive).orElse(false))
          .isFalse();
      redis.restart();
      assertThat(redis.pid()).isNotEqualTo(first);
      assertThat(RawRedis.ask(redis.port(), "GET", "k")).isEqualTo("kept");
    }
  }

  @Test
  void it_never_evicts_and_never_snapshots() {
    try (EmbeddedRedis redis = EmbeddedRedis.start(Options.defaults())) {
      assertThat(config(redis, "maxmemory-policy")).isEqualTo("[maxmemory-policy noeviction]");
      assertThat(config(redis, "save")).isEqualTo("[save ]");
      assertThat(config(redis, "bind")).isEqualTo("[bind 127.0.0.1]");
    }
  }

  @Test
  void its_folder_and_process_are_gone_after_close() {
    EmbeddedRedis redis = EmbeddedRedis.start(Options.defaults());
    Path folder =
        Path.of((String) ((List<?>) RawRedis.ask(redis.port(), "CONFIG", "GET", "dir")).get(1));
    assertThat(folder).exists();
    long pid = redis.pid();
    redis.close();
    assertThat(folder).doesNotExist();
    assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)).isFalse();
    redis.close();
  }

  /** A JVM with a Redis of its own. */
  static final class Victim {
    public static void main(String[] none) throws InterruptedException {
      EmbeddedRedis redis = EmbeddedRedis.start(Options.defaults());
      redis.kill();
      redis.restart();
      System.out.println(redis.pid() + " " + redis.port());
      Thread.currentThread().join();
    }
  }

  /** As `timeout -s KILL` ends what it runs: all of its group. */
  @Test
  void it_ends_with_its_jvm_however_that_ends() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")));
    Process jvm = new ProcessBuilder(
            "/usr/bin/setsid",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Victim.class.getName())
        .redirectError(Redirect.DISCARD)
        .start();
    try {
      String[] said = jvm.inputReader().readLine().split(" ");
      Path folder = Path.of((String)
          ((List<?>) RawRedis.ask(Integer.parseInt(said[1]), "CONFIG", "GET", "dir")).get(1));
      assertThat(folder).exists();
      new ProcessBuilder("/bin/sh", "-c", "kill -9 -" + jvm.pid()).start().waitFor();
      ProcessHandle.of(Long.parseLong(said[0]))
          .ifPresent(redis -> redis.onExit().orTimeout(2, TimeUnit.MINUTES).join());
      await().until(() -> Files.notExists(folder));
    } finally {
      jvm.destroyForcibly();
    }
  }

  @Test
  void several_can_start_at_once() {
    List<EmbeddedRedis> all = IntStream.range(0, 4)
        .parallel()
        .mapToObj(i -> EmbeddedRedis.start(Options.defaults()))
        .toList();
    assertThat(all.stream().map(EmbeddedRedis::port).distinct()).hasSize(4);
    all.forEach(EmbeddedRedis::close);
  }

  @Test
  void a_port_that_is_taken_is_named() {
    try (EmbeddedRedis redis = EmbeddedRedis.start(Options.defaults())) {
      assertThatThrownBy(() -> EmbeddedRedis.start(Options.defaults().withPort(redis.port())))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("port " + redis.port() + " is taken");
    }
  }

  @Test
  void a_bad_argument_is_answered_with_redis_own_words() {
    assertThatThrownBy(
            () -> EmbeddedRedis.start(Options.defaults().withArguments("--nonsense", "1")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nonsense");
  }

  @Test
  void the_binary_is_unpacked_once() throws Exception {
    Path first = RedisBinary.find();
    assertThat(Files.isExecutable(first)).isTrue();
    assertThat(RedisBinary.find()).isEqualTo(first);
  }

  @Test
  void the_server_that_is_asked_for_is_the_one_that_runs() {
    try (EmbeddedRedis redis = EmbeddedRedis.start(Options.defaults())) {
      String info = RawRedis.text(RawRedis.ask(redis.port(), "INFO", "server"));
      assertThat(info.contains("valkey_version:"))
          .isEqualTo(System.getProperty(RedisBinary.ASKED_FOR, "").contains("valkey"));
    }
  }

  private static String config(EmbeddedRedis redis, String key) {
    return RawRedis.text(RawRedis.ask(redis.port(), "CONFIG", "GET", key));
  }
}
