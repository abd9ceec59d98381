package io.payonce.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.FreePorts;
import io.payonce.sandbox.bank.Charge;
import io.payonce.sandbox.http.WebhookReceiver;
import io.payonce.sandbox.http.WebhookReceiver.Heard;
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
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * An instance is killed at each step of a payment: before each of its messages to Redis, to the
 * platform and to the shop's hook arrives, and before each answer to one does; before it gets the
 * platform's notification, and before it has acknowledged it. Another instance finds the payment in
 * the ledger and brings it to its end.
 */
class AwaitPointsIT {
  private static final int AT_ONCE = 3;
  private static final Duration WHOLE = Duration.ofSeconds(20);

  /**
   * What the platform does, and at which of its steps instances die: at most so many are there.
   *
   * @param notified whether the shop's hook is notified of the end
   */
  private record Scene(String directive, int first, int last, boolean notified) {
    private static final List<Scene> SHORT = List.of(
        new Scene(null, 5, 14, true), new Scene("E02 before charge, then ok", 1, 11, false));

    private static final List<Scene> LONG = List.of(
        new Scene("E02 after charge", 1, 14, false),
        new Scene("silent after charge", 1, 14, false),
        new Scene("decline 051", 1, 8, false),
        new Scene("P01 after charge and fail, then ok", 1, 20, false),
        new Scene("S04 1x, ok", 1, 12, false),
        new Scene(null, 1, 20, true),
        new Scene("terminal 500ms", 1, 24, true),
        new Scene("P01 after charge and fail, then ok, webhook: reordered", 1, 34, true));

    static Stream<Scene> all() {
      return Integer.getInteger("minutes") == null
          ? SHORT.stream()
          : Stream.concat(SHORT.stream(), LONG.stream());
    }
  }

  private static final Collection<KillAtNthMessage> EXECUTIONERS = new ConcurrentLinkedQueue<>();

  private static SharedInfrastructure infrastructure;
  private static WebhookReceiver hook;
  private static ByteProxy shop;
  private static Instance survivor;
  private static int survivorsPort;

  @BeforeAll
  static void open() throws IOException {
    EXECUTIONERS.clear(); // of a former run
    infrastructure = SharedInfrastructure.withoutDisk();
    infrastructure.platform().settings("webhookRetryMillis", 200);
    hook = new WebhookReceiver();
    shop = ByteProxy.to(hook.port(), KillAtNthMessage.ofAll("the shop", EXECUTIONERS));
    Map<String, String> environment =
        infrastructure.notifying(infrastructure.environment(), shop.port());
    survivorsPort = Integer.parseInt(environment.get("PAYONCE_WEBHOOK_PORT"));
    survivor = Instance.start(environment);
    survivor.base();
  }

  @AfterAll
  static void close() {
    survivor.close();
    shop.close();
    hook.close();
    infrastructure.close();
  }

  @Test
  void wherever_an_instance_dies_its_payment_ends_once_and_as_it_was_answered() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<Death>> deaths = new ArrayList<>();
      for (Scene scene : Scene.all().toList()) {
        for (int point = scene.first(); point <= scene.last(); point++) {
          int at = point;
          deaths.add(threads.submit(() -> die(scene, at)));
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
    environment.put(
        "PAYONCE_WEBHOOK_SECRET",
        infrastructure.platform().settings().webhooks().secret());
    return environment;
  }

  /** Before each of its messages to Redis about it is sent, or answered. */
  @Test
  void what_an_instance_was_notified_of_when_it_died_is_notified_again_and_settles_once()
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<String>> deaths = new ArrayList<>();
      for (int point = 1; point <= 4; point++) {
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
    KillAtNthMessage executioner = new KillAtNthMessage(name, Integer.MAX_VALUE);
    int port = FreePorts.next();
    try (ByteProxy redis = ByteProxy.to(infrastructure.redis().port(), executioner.of("Redis"));
        Instance victim = Instance.start(hearing(
            infrastructure.environment(redis.port(), infrastructure.platform().actualPort()),
            port))) {
      executioner.condemn(victim);
      // Its first calls may be refused on a busy machine.
      Awaitility.await()
          .until(
              () -> CallerAnswer.pay(victim.base(), basket.body(), WHOLE) == CallerAnswer.PENDING);
      executioner.counts(point);
      int heard = report(basket, port);
      assertThat(heard).as("200 is not said before it is written").isIn(0, 200, 503);
      assertThat(heard == 200).as("%s", executioner.killedAt()).isEqualTo(isPaid(basket, heard));
    }
    Awaitility.await().until(() -> report(basket, survivorsPort) == 200);
    assertThat(CallerAnswer.pay(survivor.base(), basket.body(), WHOLE))
        .isEqualTo(CallerAnswer.PAID);
    return executioner.killedAt();
  }

  /** Only what was answered 200 must be known to all; of the rest the repeat shows. */
  private static boolean isPaid(PaymentLog basket, int heard) {
    return heard == 200
        && CallerAnswer.pay(survivor.base(), basket.body(), WHOLE) == CallerAnswer.PAID;
  }

  /** The status of the answer; 0 when there is none. */
  private static int report(PaymentLog basket, int port) throws Exception {
    JsonObject body =
        basket.body().put("transactionStatus", "S").put("transactionId", "T-" + basket.id());
    Mac mac = Mac.getInstance("HmacSHA256");
    String secret = infrastructure.platform().settings().webhooks().secret();
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
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

  private static Death die(Scene scene, int point) {
    String name = "k" + Integer.toHexString(scene.hashCode()) + "-" + point;
    String url = hook.url().replace(":" + hook.port(), ":" + shop.port());
    PaymentLog basket = PaymentLog.of(
        CallerAnswer.MERCHANT + "1",
        "order-" + name,
        name,
        scene.directive(),
        scene.notified() ? url : null);
    KillAtNthMessage executioner = new KillAtNthMessage(name, point);
    EXECUTIONERS.add(executioner);
    int webhookPort = FreePorts.next();
    IntSupplier alive = () -> executioner.killedAt() == null ? webhookPort : survivorsPort;
    try (ByteProxy redis = ByteProxy.to(infrastructure.redis().port(), executioner.of("Redis"));
        ByteProxy platform =
            ByteProxy.to(infrastructure.platform().actualPort(), executioner.of("platform"));
        ByteProxy webhook =
            ByteProxy.to(alive, KillAtNthMessage.ofAll("the webhook", List.of(executioner)));
        Instance victim = Instance.start(infrastructure.notifying(
            infrastructure.environment(redis.port(), platform.port()),
            webhookPort,
            webhook.port(),
            shop.port()))) {
      executioner.condemn(victim);
      basket.hear(CallerAnswer.pay(victim.base(), basket.body(), WHOLE));
      boolean began = basket.isEnded() || basket.answered().contains(CallerAnswer.PENDING);
      if (scene.notified() && began) {
        Awaitility.await()
            .atMost(Duration.ofMinutes(3))
            .until(() -> executioner.killedAt() != null
                || !taken(basket).isEmpty() && !infrastructure.isToBeNotified(basket));
      }
      return new Death(basket, executioner.killedAt());
    }
  }

  private static List<Heard> taken(PaymentLog basket) {
    return hook.heard().stream()
        .filter(heard -> heard.requestId().equals(basket.id()))
        .toList();
  }

  private static void judge(List<Death> deaths) throws Exception {
    List<Death> killed =
        deaths.stream().filter(death -> death.killedAt() != null).toList();
    deaths.parallelStream().forEach(death -> settled(death.basket()));
    for (Death death : deaths) {
      List<Charge> charges = infrastructure
          .platform()
          .charges()
          .of(death.basket().merchant(), death.basket().order());
      assertThat(charges).as("doubles: %s", death).hasSizeLessThan(2);
      assertThat(death.basket().isEnded() || infrastructure.looksAfter(death.basket()))
          .as("losses: %s", death)
          .isTrue();
      assertThat(death.basket().isContradictedBy(charges)).as("%s", death).isFalse();
    }
    int answered = judgeHook(deaths);
    assertThat(killed).hasSizeGreaterThan(10);
    // A refusal of a second send says nothing of the first, which may have left: it has its window.
    long waiting = deaths.stream().filter(death -> !death.basket().isEnded()).count();
    System.out.printf(
        "AWAIT POINTS %d instances killed, 0 doubles, %d waiting for a window, 0 losses,"
            + " 0 contradictions, %d ends told to the shop: %s%n",
        killed.size(),
        waiting,
        answered,
        killed.stream().map(Death::killedAt).distinct().toList());
  }

  /** Whoever died on the way, the shop gets each end, and by one notification. */
  private static int judgeHook(List<Death> deaths) throws Exception {
    List<PaymentLog> ended = deaths.stream()
        .map(Death::basket)
        .filter(basket -> basket.notifyUrl() != null && basket.isEnded())
        .toList();
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> ended.stream().noneMatch(basket -> taken(basket).isEmpty()));
    for (PaymentLog basket : ended) {
      String status = basket.answered().contains(CallerAnswer.PAID) ? "S" : "F";
      assertThat(taken(basket)).as("%s", basket).extracting(Heard::status).containsOnly(status);
      assertThat(taken(basket))
          .as("%s", basket)
          .extracting(heard -> heard.header("X-Client-Request-Id"))
          .containsOnly(taken(basket).get(0).header("X-Client-Request-Id"));
    }
    Map<String, Long> settled = JournalLines.of(survivor).stream()
        .filter(line -> "settled".equals(line.getString("kind")))
        .collect(Collectors.groupingBy(
            line -> line.getString("transactionRequestId"), Collectors.counting()));
    assertThat(ended).allSatisfy(basket -> assertThat(settled).containsEntry(basket.id(), 1L));
    return ended.size();
  }

  /** The survivor knows how it ended, at the latest some time after the victim's lease. */
  private static void settled(PaymentLog basket) {
    long until = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (!basket.isEnded() && System.nanoTime() < until) {
      basket.hear(CallerAnswer.pay(survivor.base(), basket.body(), WHOLE));
    }
  }
}
