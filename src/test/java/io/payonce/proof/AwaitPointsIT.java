package io.payonce.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.sandbox.bank.Charge;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * An instance is killed at each step of a payment: before each of its messages to Redis and to the
 * platform arrives, and before each answer to one does. Another instance finds the payment in the
 * ledger and brings it to its end.
 */
class AwaitPointsIT {
  private static final int AT_ONCE = 3;
  private static final Duration WHOLE = Duration.ofSeconds(20);

  /** What the platform does, and in how many steps that ends at most. */
  private static final Map<String, Integer> SCENES = new LinkedHashMap<>();

  static {
    SCENES.put(null, 6);
    SCENES.put("E02 before charge, then ok", 11);
    if (Integer.getInteger("minutes") != null) {
      SCENES.put("E02 after charge", 14);
      SCENES.put("silent after charge", 14);
      SCENES.put("decline 051", 8);
      SCENES.put("P01 after charge and fail, then ok", 20);
      SCENES.put("S04 1x, ok", 12);
    }
  }

  private static SharedInfrastructure street;
  private static Instance survivor;

  private static final String SECRET = "whsec-0123456789abcdef";
  private static int survivorsPort;

  @BeforeAll
  static void open() {
    street = SharedInfrastructure.withoutDisk();
    survivorsPort = SharedInfrastructure.freePort();
    survivor = Instance.start(hearing(street.environment(), survivorsPort));
    survivor.base();
  }

  @AfterAll
  static void close() {
    survivor.close();
    street.close();
  }

  @Test
  void wherever_an_instance_dies_its_payment_ends_once_and_as_it_was_told() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<Death>> deaths = new ArrayList<>();
      for (Map.Entry<String, Integer> scene : SCENES.entrySet()) {
        for (int point = 1; point <= scene.getValue(); point++) {
          int at = point;
          deaths.add(threads.submit(() -> die(scene.getKey(), at)));
        }
      }
      List<Death> all = new ArrayList<>();
      for (Future<Death> death : deaths) {
        all.add(death.get());
      }
      judge(all);
    } finally {
      threads.shutdown();
    }
  }

  private static Map<String, String> hearing(Map<String, String> environment, int port) {
    environment.put("PAYONCE_WEBHOOK_PORT", "" + port);
    environment.put("PAYONCE_WEBHOOK_SECRET", SECRET);
    return environment;
  }

  /** Before each of its last two messages to Redis about it is answered, or sent. */
  @Test
  void what_an_instance_was_told_when_it_died_is_told_again_and_settles_once() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<String>> deaths = new ArrayList<>();
      for (int point = 10; point <= 12; point++) {
        int at = point;
        deaths.add(threads.submit(() -> dieOfReport(at)));
      }
      List<String> killed = new ArrayList<>();
      for (Future<String> death : deaths) {
        killed.add(death.get());
      }
      System.out.println("AWAIT POINTS of a notification: " + killed);
      assertThat(killed).filteredOn(Objects::nonNull).isNotEmpty();
    } finally {
      threads.shutdown();
    }
  }

  private static String dieOfReport(int point) throws Exception {
    String name = "told-" + point;
    PaymentLog basket =
        PaymentLog.of(CallerAnswer.MERCHANT + "1", "order-" + name, name, "pending 600s");
    KillAtNthMessage executioner = new KillAtNthMessage(name, point);
    int port = SharedInfrastructure.freePort();
    try (ByteProxy redis = ByteProxy.to(street.redis().port(), executioner.of("Redis"));
        Instance victim = Instance.start(
            hearing(street.environment(redis.port(), street.platform().actualPort()), port))) {
      executioner.condemn(victim);
      assertThat(CallerAnswer.pay(victim.base(), basket.body(), WHOLE))
          .isEqualTo(CallerAnswer.PENDING);
      int heard = report(basket, port);
      assertThat(heard).as("200 is not said before it is written").isIn(0, 200, 503);
      assertThat(heard == 200).as("%s", executioner.killedAt()).isEqualTo(isPaid(basket, heard));
    }
    Awaitility.await().until(() -> report(basket, survivorsPort) == 200);
    assertThat(CallerAnswer.pay(survivor.base(), basket.body(), WHOLE))
        .isEqualTo(CallerAnswer.PAID);
    return executioner.killedAt();
  }

  /** Only what was answered 200 must be known to all; of the rest the repeat tells. */
  private static boolean isPaid(PaymentLog basket, int heard) {
    return heard == 200
        && CallerAnswer.pay(survivor.base(), basket.body(), WHOLE) == CallerAnswer.PAID;
  }

  /** The status of the answer; 0 when there is none. */
  private static int report(PaymentLog basket, int port) throws Exception {
    JsonObject body =
        basket.body().put("transactionStatus", "S").put("transactionId", "T-" + basket.id());
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String signature =
        HexFormat.of().formatHex(mac.doFinal(body.encode().getBytes(StandardCharsets.UTF_8)));
    HttpRequest request = HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + port + "/webhook"))
        .header("X-Signature", signature)
        .header("X-Timestamp", "" + System.currentTimeMillis())
        .POST(BodyPublishers.ofString(body.encode()))
        .build();
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException gone) {
      return 0;
    }
  }

  /** @param killedAt the step, null when the payment was over before the point was reached */
  private record Death(PaymentLog basket, String killedAt) {}

  private static Death die(String directive, int point) {
    String name = "k" + Integer.toHexString(String.valueOf(directive).hashCode()) + "-" + point;
    PaymentLog basket =
        PaymentLog.of(CallerAnswer.MERCHANT + "1", "order-" + name, name, directive);
    KillAtNthMessage executioner = new KillAtNthMessage(name, point);
    try (ByteProxy redis = ByteProxy.to(street.redis().port(), executioner.of("Redis"));
        ByteProxy platform =
            ByteProxy.to(street.platform().actualPort(), executioner.of("platform"));
        Instance victim = Instance.start(street.environment(redis.port(), platform.port()))) {
      executioner.condemn(victim);
      basket.hear(CallerAnswer.pay(victim.base(), basket.body(), WHOLE));
      return new Death(basket, executioner.killedAt());
    }
  }

  private static void judge(List<Death> deaths) {
    List<Death> killed =
        deaths.stream().filter(death -> death.killedAt() != null).toList();
    deaths.parallelStream().forEach(death -> settled(death.basket()));
    for (Death death : deaths) {
      List<Charge> charges = street
          .platform()
          .charges()
          .of(death.basket().merchant(), death.basket().order());
      assertThat(charges).as("doubles: %s", death).hasSizeLessThan(2);
      assertThat(death.basket().isEnded() || street.looksAfter(death.basket()))
          .as("losses: %s", death)
          .isTrue();
      assertThat(death.basket().isContradictedBy(charges)).as("%s", death).isFalse();
    }
    assertThat(killed).hasSizeGreaterThan(10);
    // A refusal of a second copy says nothing of the first, which may have left: it has its window.
    long waiting = deaths.stream().filter(death -> !death.basket().isEnded()).count();
    System.out.printf(
        "AWAIT POINTS %d instances killed, 0 doubles, %d waiting for a window, 0 losses,"
            + " 0 contradictions: %s%n",
        killed.size(), waiting, killed.stream().map(Death::killedAt).distinct().toList());
  }

  /** The survivor knows how it ended, at the latest some time after the victim's lease. */
  private static void settled(PaymentLog basket) {
    long until = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (!basket.isEnded() && System.nanoTime() < until) {
      basket.hear(CallerAnswer.pay(survivor.base(), basket.body(), WHOLE));
    }
  }
}
