package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.ledger.sealing.WebhookToken;
import io.payonce.model.PaymentId;
import io.payonce.outcome.http.TestHook;
import io.payonce.redis.RawRedis;
import io.payonce.sandbox.http.ReceivedRequest;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the platform is sent byte for byte, and by whom a hook is called, when the road is ours. */
class OwnRoadIT {
  private static final String SECRET = "what-callers-check-with";
  private static final String BASE = "http://127.0.0.1:9/webhook";

  private static TestPod testPod;
  private static TestHook hook;
  private static TestHook stranger;

  @BeforeAll
  static void open() {
    hook = new TestHook(TestHook.says(200));
    stranger = new TestHook(TestHook.says(200));
    testPod = new TestPod(Map.of(
        "webhook.port",
        "0",
        "webhook.secret",
        "from-the-platform",
        "webhook.publicUrl",
        BASE,
        "notify.secret",
        SECRET,
        "notify.allowHosts",
        "127.0.0.1:" + hook.port()));
    ours();
  }

  @AfterAll
  static void close() {
    testPod.close();
    hook.close();
    stranger.close();
  }

  /** Until this pod knows what all pods can. */
  private static void ours() {
    TestPod.until(() -> {
      Scenario scene = Scenario.of(testPod, null);
      scene.pay();
      return sha(scene.sends().get(0)).equals(sha256(added(scene)));
    });
  }

  private static String address(Scenario scene) {
    return BASE + "/" + new WebhookToken(SECRET).of(new PaymentId(Caller.MERCHANT, scene.id()));
  }

  private static String added(Scenario scene) {
    return "{\"notifyUrl\":\"" + address(scene) + "\"," + scene.body().encode().substring(1);
  }

  private static String sha(ReceivedRequest send) {
    return send.bodySha256();
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Scenario hooked(TestHook to, String directive) {
    Scenario scene = Scenario.of(testPod, directive);
    JsonObject body = new JsonObject().put("notifyUrl", to.url()).mergeIn(scene.body());
    return new Scenario(testPod, scene.order(), scene.id(), body);
  }

  private static String replaced(Scenario scene) {
    return scene.body().encode().replace(hook.url(), address(scene));
  }

  @Test
  void each_send_has_our_address_in_the_place_of_the_hook_and_not_a_byte_besides() {
    Scenario scene = hooked(hook, "E02 before charge, then ok");
    TestPod.until(() -> scene.pay().isPaid());
    assertThat(scene.sends()).hasSizeGreaterThan(1);
    assertThat(scene.sends()).extracting(OwnRoadIT::sha).containsOnly(sha256(replaced(scene)));
    TestPod.until(() -> heard(hook, scene) == 1);
  }

  @Test
  void a_hook_that_is_not_allowed_is_the_platforms_and_gets_no_other_id() {
    Scenario scene = hooked(stranger, "E02 after charge and fail, then ok");
    scene.pay();
    TestPod.until(() -> scene.query().outcome().equals("F"));
    assertThat(scene.sends())
        .extracting(OwnRoadIT::sha)
        .containsOnly(sha256(scene.body().encode()));
    TestPod.until(() -> heard(stranger, scene) > 0);
    assertThat(heard(hook, scene)).isZero();
  }

  /** As a rolling update has it: no caller may be given what another pod would not honour. */
  @Test
  void while_a_former_pod_lives_bodies_leave_as_they_are() {
    try (RawRedis redis = new RawRedis(testPod.redis().port())) {
      String can = "payers prints tips pages keys events";
      redis.call("HSET", LedgerKeys.pods(), "former", Long.MAX_VALUE / 2 + " " + can);
      TestPod.until(() -> {
        Scenario scene = Scenario.of(testPod, null);
        scene.pay();
        return sha(scene.sends().get(0)).equals(sha256(scene.body().encode()));
      });
      Scenario scene = hooked(hook, null);
      assertThat(scene.pay().isPaid()).isTrue();
      List<String> sent = scene.sends().stream().map(OwnRoadIT::sha).toList();
      assertThat(sent).containsOnly(sha256(scene.body().encode()));
      redis.call("HDEL", LedgerKeys.pods(), "former");
    }
    ours();
  }

  private static long heard(TestHook by, Scenario scene) {
    return by.received.stream()
        .filter(answered -> answered.text().contains("\"" + scene.id() + "\""))
        .count();
  }
}
