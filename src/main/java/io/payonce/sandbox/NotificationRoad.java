package io.payonce.sandbox;

import io.payonce.sandbox.http.SampleCheckout;
import io.payonce.sandbox.http.SandboxPlatform;
import io.payonce.settings.Settings;
import io.payonce.settings.source.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Leads notifications on this machine: from the platform to the pod, from the pod to a sample
 * checkout. Where webhook.publicUrl is configured the road is the configured one, and no sample
 * checkout runs at its end.
 *
 * @param settings the settings that the pod needs for it
 */
record NotificationRoad(Optional<SampleCheckout> shop, Map<String, String> settings) {
  /** Known by the README, taken if they are free. */
  private static final int SHOP_PORT = 8085;

  private static final int WEBHOOK_PORT = 8090;

  private static final String SECRET = "whsec_demo_checkout";

  static Future<NotificationRoad> open(
      Vertx vertx, SandboxPlatform platform, Settings given, PrintWriter out) {
    if (given.webhook().publicUrl().isPresent()) {
      return Future.succeededFuture(new NotificationRoad(Optional.empty(), Map.of()));
    }
    String secret = given.notifications().secret().map(Secret::value).orElse(SECRET);
    return SampleCheckout.start(vertx, SHOP_PORT, () -> secret, notice -> print(out, notice))
        .map(shop ->
            new NotificationRoad(Optional.of(shop), settings(shop, platform, given, secret)));
  }

  private static void print(PrintWriter out, SampleCheckout.ShopNotice notice) {
    out.println("The shop got: " + notice);
    out.flush();
  }

  private static Map<String, String> settings(
      SampleCheckout shop, SandboxPlatform platform, Settings given, String secret) {
    int port = given.webhook().port().filter(named -> named > 0).orElseGet(NotificationRoad::port);
    List<String> hosts = new ArrayList<>(given.notifications().allowHosts());
    hosts.add(shop.authority());
    return Map.of(
        "webhook.host",
        "127.0.0.1",
        "webhook.port",
        String.valueOf(port),
        "webhook.publicUrl",
        "http://127.0.0.1:" + port,
        "webhook.secret",
        platform.settings().webhooks().secret(),
        "notify.secret",
        secret,
        "notify.allowHosts",
        String.join(",", hosts));
  }

  /** The platform must know the port before the pod listens there. */
  private static int port() {
    try (ServerSocket usual = new ServerSocket(WEBHOOK_PORT, 1, InetAddress.getLoopbackAddress())) {
      return usual.getLocalPort();
    } catch (IOException taken) {
      return anyPort();
    }
  }

  private static int anyPort() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }
}
