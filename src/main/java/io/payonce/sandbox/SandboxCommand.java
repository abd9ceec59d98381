package io.payonce.sandbox;

import io.payonce.command.ConfiguredCommand;
import io.payonce.command.LogFormat;
import io.payonce.command.ProcessLifecycle;
import io.payonce.http.server.OutOfMemoryExit;
import io.payonce.sandbox.http.SandboxOptions;
import io.payonce.sandbox.http.SandboxPlatform;
import io.payonce.sandbox.request.SandboxSettings;
import io.payonce.settings.LiveSettings;
import io.payonce.settings.Loaded;
import io.payonce.settings.Loaded.Ready;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import io.payonce.settings.source.FormerSecrets;
import io.payonce.wiring.Pod;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/**
 * Runs everything on this machine. It reads a file only when one is named:
 * {@code conf/payonce.yaml} points at the real platform, and the sandbox must not.
 */
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    description = "Try it: embedded Redis, simulated platform, proxy and ops page.")
public final class SandboxCommand extends ConfiguredCommand {
  static final String CLIENT_KEY = "pk_demo";

  private static final int KEY_BYTES = 32;

  private final Map<String, String> env;
  private final FormerSecrets former = new FormerSecrets();
  private Optional<Path> config = Optional.empty();

  public SandboxCommand(Map<String, String> env) {
    this.env = env;
  }

  @Override
  public Loaded load(Optional<Path> named) {
    config = named;
    return load(Map.of("redis.mode", "embedded"));
  }

  @Override
  public int run(Ready ready) throws Exception {
    OutOfMemoryExit.endsTheProcess();
    LogFormat.format(ready.settings().log());
    warn(ready);
    Vertx vertx = Pod.vertx();
    EmbeddedRedis redis = null;
    try {
      redis = EmbeddedRedis.start(EmbeddedRedis.Options.defaults());
      SandboxPlatform platform =
          ProcessLifecycle.started(SandboxPlatform.start(vertx, options(ready.settings())));
      Map<String, String> fixed = around(redis, platform, ready.settings());
      NotificationRoad road =
          ProcessLifecycle.started(NotificationRoad.open(vertx, platform, ready.settings(), out()));
      fixed.putAll(road.settings());
      Settings settings = load(fixed).orThrow();
      LiveSettings live = LiveSettings.of(() -> config, any -> load(fixed));
      Pod pod = ProcessLifecycle.started(Pod.start(vertx, live, Future.succeededFuture()));
      out().print(Welcome.text(settings, pod, redis, platform, road.shop()));
      out().flush();
      redis.handOver();
      ProcessLifecycle.begin().untilStopped(pod, settings.server().drainMs(), redis);
      return ExitCode.OK;
    } catch (Exception failure) {
      err().println("cannot start: " + failure.getMessage());
      ProcessLifecycle.close(vertx);
      if (redis != null) {
        ProcessLifecycle.close(redis);
      }
      return ExitCode.SOFTWARE;
    }
  }

  /** The platform checks and signs with what we are configured to share with it. */
  private static SandboxOptions options(Settings given) {
    Settings.Signing signing = given.signing();
    SandboxSettings settings = SandboxSettings.defaults();
    if (signing.secret().isPresent() && !signing.secretFrom().equals("workingKey")) {
      String key = signing.keyId().orElse("") + ":" + signing.secret().get().value();
      settings = settings.with("signingMode", signing.mode()).with("signingKeys", List.of(key));
    }
    if (given.webhook().secret().isPresent()) {
      settings = settings.with("webhookSecret", given.webhook().secret().get().value());
    }
    return SandboxOptions.defaults().withSettings(settings);
  }

  private Loaded load(Map<String, String> fixed) {
    return Settings.load(config, env, Profile.SANDBOX, fixed, former);
  }

  /** What the sandbox itself decides; everything else may be configured as for {@code serve}. */
  private static Map<String, String> around(
      EmbeddedRedis redis, SandboxPlatform platform, Settings given) {
    Map<String, String> fixed = new HashMap<>();
    fixed.put("redis.mode", "embedded");
    fixed.put("redis.uris", redis.uri());
    fixed.put("upstream.baseUrl", platform.baseUrl());
    fixed.put("upstream.apiKey", platform.settings().access().keys().iterator().next());
    if (given.client().keys().isEmpty()) {
      fixed.put("client.keys", "demo:" + CLIENT_KEY);
    }
    if (given.ledger().encryptionKey().isEmpty()) {
      byte[] key = new byte[KEY_BYTES];
      new SecureRandom().nextBytes(key);
      fixed.put("ledger.encryptionKey", Base64.getEncoder().encodeToString(key));
    }
    return fixed;
  }
}
