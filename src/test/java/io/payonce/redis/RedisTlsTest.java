package io.payonce.redis;

import static io.payonce.redis.Lanes.failure;
import static io.payonce.redis.Lanes.get;
import static io.payonce.redis.Lanes.result;
import static io.payonce.redis.Lanes.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.redis.RedisSettings.Mode;
import io.payonce.redis.failure.RedisFailure;
import io.payonce.sandbox.EmbeddedRedis;
import io.payonce.tls.Pki;
import io.payonce.tls.Pki.Identity;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rediss://}: real handshakes, with real Redis behind a proxy that ends the TLS. */
class RedisTlsTest {
  private static final String PASSWORD = "s3cret";

  @TempDir
  static Path folder;

  private static Pki ours;
  private static Pki theirs;
  private static EmbeddedRedis redis;
  private static Vertx vertx;
  private static NetClient inwards;

  @BeforeAll
  static void start() {
    ours = new Pki(folder, "ours");
    theirs = new Pki(folder, "theirs");
    redis = EmbeddedRedis.start(EmbeddedRedis.Options.defaults().withPassword(PASSWORD));
    vertx = Vertx.vertx();
    inwards = vertx.createNetClient();
  }

  @AfterAll
  static void stop() {
    result(vertx.close());
    redis.close();
  }

  @Test
  void an_authority_that_is_named_is_trusted() {
    RedisLane lane = lane("localhost", tlsPort(ours.localhost(), "TLSv1.3"), ours.authorityFile());
    Lanes.waiting().until(lane::connected);
    assertThat(result(lane.send("k", set("k", "x"))).toString()).isEqualTo("OK");
    result(lane.close());
  }

  @Test
  void another_authority_is_refused() {
    assertRefused(lane("localhost", tlsPort(theirs.localhost(), "TLSv1.3"), ours.authorityFile()));
  }

  @Test
  void without_a_file_only_the_runtimes_authorities_count() {
    assertRefused(lane("localhost", tlsPort(ours.localhost(), "TLSv1.3"), null));
  }

  @Test
  void a_certificate_for_another_host_is_refused() {
    int port = tlsPort(ours.other("redis.elsewhere"), "TLSv1.3");
    assertRefused(lane("localhost", port, ours.authorityFile()));
  }

  @Test
  void a_certificate_that_is_over_is_refused() {
    assertRefused(lane("localhost", tlsPort(ours.expired(), "TLSv1.3"), ours.authorityFile()));
  }

  @Test
  void old_tls_is_refused() {
    assertRefused(lane("localhost", tlsPort(ours.localhost(), "TLSv1.1"), ours.authorityFile()));
  }

  @Test
  void a_redis_without_tls_is_not_spoken_to_in_the_clear() {
    assertRefused(lane("localhost", redis.port(), ours.authorityFile()));
  }

  @Test
  void a_new_authority_in_the_file_counts_without_a_restart() throws Exception {
    Path file = folder.resolve("renewed.pem");
    Files.copy(theirs.authorityFile(), file, StandardCopyOption.REPLACE_EXISTING);
    RedisLane lane = lane("localhost", tlsPort(ours.localhost(), "TLSv1.3"), file);
    assertThat(failure(lane.send("k", get("k"))).mayHaveRun()).isFalse();
    Files.copy(ours.authorityFile(), file, StandardCopyOption.REPLACE_EXISTING);
    Lanes.waiting().until(() -> Lanes.works(lane, "k"));
    result(lane.close());
  }

  private static void assertRefused(RedisLane lane) {
    RedisFailure failure = failure(lane.send("k", get("k")));
    assertThat(failure.mayHaveRun()).isFalse();
    assertThat(failure.toString()).doesNotContain(PASSWORD);
    assertThat(lane.connected()).isFalse();
    result(lane.close());
  }

  private static RedisLane lane(String host, int port, Path authorities) {
    return RedisLane.open(
        vertx,
        new RedisSettings(
            Mode.STANDALONE,
            List.of("rediss://:" + PASSWORD + "@" + host + ":" + port),
            null,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Optional.ofNullable(authorities)));
  }

  /** A port that shows this certificate and leads to Redis. */
  private static int tlsPort(Identity identity, String protocol) {
    NetServer server = vertx
        .createNetServer(new NetServerOptions()
            .setHost("localhost")
            .setSsl(true)
            .setSslEngineOptions(new OpenSSLEngineOptions())
            .setEnabledSecureTransportProtocols(Set.of(protocol))
            .setKeyCertOptions(new PemKeyCertOptions()
                .addCertPath(identity.chain().toString())
                .addKeyPath(identity.key().toString())))
        .connectHandler(RedisTlsTest::lead);
    return result(server.listen()).actualPort();
  }

  private static void lead(NetSocket outside) {
    outside.pause();
    inwards.connect(redis.port(), "127.0.0.1").onSuccess(inside -> {
      outside.pipeTo(inside);
      inside.pipeTo(outside);
    });
  }
}
