package io.payonce.proof;

import io.payonce.sandbox.http.SandboxOptions;
import io.payonce.sandbox.http.SandboxPlatform;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import io.payonce.wiring.Pod;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pods in this process, on whatever Redis their settings name, and the platform they call. */
final class Pods implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final List<Vertx> loops = new ArrayList<>();
  private final List<String> bases = new ArrayList<>();
  private final SandboxPlatform platform =
      SharedInfrastructure.await(SandboxPlatform.start(vertx, SandboxOptions.defaults()));

  Pods add(Map<String, String> overrides) {
    Vertx own = Pod.vertx();
    loops.add(own);
    bases.add("http://127.0.0.1:"
        + SharedInfrastructure.await(Pod.start(own, settings(overrides))).port());
    return this;
  }

  private Settings settings(Map<String, String> overrides) {
    Map<String, String> fixed = new HashMap<>(Map.of(
        "recovery.firstDelayMs", "50",
        "recovery.maxDelayMs", "500",
        "recovery.leaseMs", "7000",
        "redis.callTimeoutMs", "2500",
        "upstream.requestTimeoutMs", "4000",
        "upstream.connectTimeoutMs", "500",
        "server.waitBudgetMs", "3000",
        "server.port", "0",
        "admin.port", "0"));
    fixed.put("upstream.baseUrl", platform.baseUrl());
    fixed.put("upstream.apiKey", platform.settings().access().keys().iterator().next());
    fixed.put("client.keys", "proof:" + SharedInfrastructure.KEY);
    fixed.put("ledger.encryptionKey", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
    fixed.putAll(overrides);
    return Settings.load(Optional.empty(), Map.of(), Profile.SERVE, fixed).orThrow();
  }

  SandboxPlatform platform() {
    return platform;
  }

  List<String> bases() {
    return bases;
  }

  @Override
  public void close() {
    loops.forEach(own -> SharedInfrastructure.await(own.close()));
    SharedInfrastructure.await(vertx.close());
  }
}
