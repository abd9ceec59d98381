package io.payonce.sandbox.http;

import static io.payonce.sandbox.http.SandboxClient.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.payonce.sandbox.http.SampleCheckout.ShopNotice;
import io.payonce.sandbox.request.SandboxSettings;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The platform's own notifications, since what Payonce sends looks the same. */
class SampleCheckoutTest {
  private static final SandboxSettings BRISK =
      SandboxSettings.defaults().with("webhookDelayMillis", 0).with("webhookAttempts", 1);

  private final Vertx vertx = Vertx.vertx();
  private final List<String> said = new CopyOnWriteArrayList<>();
  private SandboxClient platform;
  private SampleCheckout shop;

  @BeforeEach
  void open() {
    platform = SandboxClient.open(SandboxOptions.defaults().withSettings(BRISK));
    platform.setTime();
    shop = SandboxClient.await(SampleCheckout.start(
        vertx, 0, BRISK.webhooks()::secret, heard -> said.add(heard.toString())));
  }

  @AfterEach
  void close() {
    platform.close();
    SandboxClient.await(vertx.close());
  }

  @Test
  void it_does_its_work_once_however_often_it_is_notified() {
    pay("r1", "webhook: twice");
    answered(2, "200");
    assertThat(said)
        .containsExactly("order-r1, r1: S, 100 USD", "order-r1, r1: S, 100 USD (again)");
    assertThat(shop.notices()).extracting(ShopNotice::again).containsExactly(false, true);
    String listed = platform.send(platform.to(shop.baseUrl() + "/")).body();
    assertThat(listed).contains("\"transactionRequestId\":\"r1\"", "\"again\":true");
  }

  @Test
  void forged_unsigned_and_stale_ones_are_refused() {
    pay("r1", "webhook: unsigned");
    answered(1, "401");
    pay("r2", "webhook: stale");
    answered(2, "401");
    pay("r3", "webhook: garbage");
    answered(3, "400");
    pay("r4", "webhook: forged");
    answered(5, "200");
    assertThat(platform.platform.webhooks().get(3).answer()).isEqualTo("401");
    assertThat(said).containsExactly("order-r4, r4: S, 100 USD");
  }

  @Test
  void it_takes_another_port_where_its_own_is_taken() {
    SampleCheckout second = SandboxClient.await(SampleCheckout.start(
        vertx, platform.platform.actualPort(), BRISK.webhooks()::secret, heard -> {}));
    assertThat(second.baseUrl()).isNotEqualTo(platform.platform.baseUrl());
  }

  private void pay(String id, String directive) {
    platform.sell(sale("order-" + id, id, 100, directive).put("notifyUrl", shop.notifyUrl()));
  }

  private void answered(int count, String last) {
    await().until(() -> platform.platform.webhooks().size() == count);
    assertThat(platform.platform.webhooks().get(count - 1).answer()).isEqualTo(last);
  }
}
