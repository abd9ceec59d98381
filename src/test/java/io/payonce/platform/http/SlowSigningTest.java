package io.payonce.platform.http;

import static io.payonce.platform.http.RawServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.credentials.PlatformKeys;
import io.payonce.credentials.RequestCredentials;
import io.payonce.model.Answer;
import io.payonce.model.Intent;
import io.payonce.platform.PlatformRequest;
import io.payonce.sandbox.signature.SignatureVerdict;
import io.payonce.signing.Signing;
import io.payonce.signing.SigningKey;
import io.payonce.signing.SigningMode;
import io.vertx.core.Context;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * RSA takes milliseconds, so workers sign with it; what was promised of a send holds all the same.
 */
class SlowSigningTest {
  private static final KeyPair PAIR = pair();
  private static final SigningKey THEIRS = SigningKey.of("k1", PAIR.getPublic());

  @ParameterizedTest
  @EnumSource(names = {"RSA_SHA256", "HTTP_MESSAGE_SIGNATURES"})
  void no_event_loop_works_with_the_key_and_the_send_is_genuine(SigningMode mode)
      throws IOException {
    List<Boolean> onEventLoop = new CopyOnWriteArrayList<>();
    PlatformKeys keys = keys(mode, () -> onEventLoop.add(Context.isOnEventLoopThread()));
    try (RawServer server = new RawServer(json(PlatformFixture.PAID));
        PlatformFixture fixture = fixture(server, keys)) {
      long stampedAtMillis = System.currentTimeMillis();
      Intent intent = PlatformFixture.intent(60_000, stampedAtMillis);

      assertThat(fixture.send(intent)).isInstanceOf(Answer.Spoken.class);
      assertThat(fixture.call(PlatformFixture.get("/v1/x?a=b"))).isInstanceOf(Answer.Spoken.class);

      assertThat(onEventLoop).isNotEmpty().containsOnly(false);
      assertThat(server.received)
          .hasSize(2)
          .allSatisfy(send -> assertThat(SignedRequest.verdict(send, mode, THEIRS))
              .isEqualTo(SignatureVerdict.VALID));
      assertThat(server.received.get(0).header("X-Timestamp")).isEqualTo("" + stampedAtMillis);
    }
  }

  @Test
  void sends_signed_at_once_do_not_mix() throws IOException {
    try (RawServer server = new RawServer(json(PlatformFixture.PAID));
        PlatformFixture fixture = fixture(server, keys(SigningMode.RSA_SHA256, () -> {}))) {
      List<CompletableFuture<Answer>> under = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        PlatformRequest message = PlatformFixture.post("/v1/x?n=" + i, new byte[i]);
        under.add(
            fixture.later(() -> fixture.platform.send(PlatformFixture.intent(60_000), message)));
      }

      assertThat(under)
          .allSatisfy(answer -> assertThat(answer.join()).isInstanceOf(Answer.Spoken.class));
      assertThat(server.received)
          .hasSize(40)
          .allSatisfy(
              send -> assertThat(SignedRequest.verdict(send, SigningMode.RSA_SHA256, THEIRS))
                  .isEqualTo(SignatureVerdict.VALID));
    }
  }

  @Test
  void a_lease_that_ends_while_its_send_is_signed_lets_nothing_leave() throws IOException {
    Intent intent = PlatformFixture.intent(200);
    PlatformKeys keys = keys(SigningMode.RSA_SHA256, () -> spinUntilOver(intent));
    try (RawServer server = new RawServer(json(PlatformFixture.PAID));
        PlatformFixture fixture = fixture(server, keys)) {
      assertThat(fixture.send(intent)).isEqualTo(new Answer.Unsent("lease over"));
      assertThat(server.bytes).hasValue(0);

      assertThat(fixture.send()).isInstanceOf(Answer.Spoken.class);
      assertThat(server.received).hasSize(1);
    }
  }

  private static PlatformFixture fixture(RawServer server, PlatformKeys keys) {
    return new PlatformFixture(PlatformFixture.settings(server.url(), 5_000, 10_000, 40), keys);
  }

  private static PlatformKeys keys(SigningMode mode, Runnable used) {
    RequestCredentials access =
        new RequestCredentials("sk_1", Signing.of(mode, SigningKey.of("k1", watched(used))));
    return new PlatformKeys(() -> access);
  }

  /** The same key, but every use of its secret half is counted. */
  private static RSAPrivateCrtKey watched(Runnable used) {
    return (RSAPrivateCrtKey) Proxy.newProxyInstance(
        SlowSigningTest.class.getClassLoader(),
        new Class<?>[] {RSAPrivateCrtKey.class},
        (self, method, args) -> {
          if (method.getName().equals("getPrivateExponent")) {
            used.run();
          }
          return method.invoke(PAIR.getPrivate(), args);
        });
  }

  private static void spinUntilOver(Intent intent) {
    while (System.nanoTime() < intent.leavesBeforeNanos()) {
      Thread.onSpinWait();
    }
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
