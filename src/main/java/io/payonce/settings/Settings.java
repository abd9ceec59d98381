package io.payonce.settings;

import io.payonce.model.AddedOperation;
import io.payonce.settings.source.ConfigFault;
import io.payonce.settings.source.ConfigLayer;
import io.payonce.settings.source.Environment;
import io.payonce.settings.source.FormerSecrets;
import io.payonce.settings.source.KeyPath;
import io.payonce.settings.source.LayerMerge;
import io.payonce.settings.source.Secret;
import io.payonce.settings.source.SecretFile;
import io.payonce.settings.source.ValueType;
import io.payonce.settings.source.Values;
import io.payonce.settings.source.YamlFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration, checked and immutable: one record a section, one component a key, under the
 * name it has in the file. Secrets mask themselves when printed.
 *
 * @param secretFiles which secrets came from files; load again when one of them changes
 */
public record Settings(
    Server server,
    Client client,
    Admin admin,
    Redis redis,
    Upstream upstream,
    Signing signing,
    Credentials credentials,
    List<Account> accounts,
    List<AddedOperation> operations,
    Ledger ledger,
    Orders orders,
    Recovery recovery,
    Webhook webhook,
    Notify notifications,
    Outcomes outcomes,
    Telemetry telemetry,
    Log log,
    List<SecretFile> secretFiles) {

  public record Server(
      String host,
      int port,
      long waitBudgetMs,
      int maxBodyBytes,
      long maxBufferedBytes,
      int maxConnections,
      long drainMs,
      Tls tls) {}

  /** Off while {@code certFile} is empty. */
  public record Tls(
      Optional<Path> certFile,
      Optional<Path> keyFile,
      Optional<Path> clientCaFile,
      boolean http2) {}

  /** @param merchants by client; who is not in it may call for all */
  public record Client(List<ClientKey> keys, boolean open, Map<String, Set<String>> merchants) {}

  /**
   * @param token of those who may decide; empty on a loopback address that asks for none
   * @param readToken of those who may only look
   */
  public record Admin(
      String host,
      int port,
      List<AdminToken> token,
      List<AdminToken> readToken,
      String redisOutage) {
    /** Whether a pod that reaches no part of Redis is not ready. */
    public boolean leavesWithRedis() {
      return redisOutage.equals("unready");
    }
  }

  /** The addresses may hold a password, so they print without it. */
  public record Redis(
      String mode,
      List<String> uris,
      String sentinelMaster,
      long callTimeoutMs,
      int minReplicas,
      Optional<Path> caFile,
      String keyPrefix,
      boolean allowUnsafe) {
    @Override
    public String toString() {
      return "Redis[mode=" + mode + ", uris=" + ValueType.URI_LIST.shown(String.join(",", uris))
          + "]";
    }
  }

  /** @param name how the platform is called; empty: by the host of {@code baseUrl} */
  public record Upstream(
      String baseUrl,
      Optional<String> name,
      long requestTimeoutMs,
      long connectTimeoutMs,
      int maxConnections,
      Optional<Secret> apiKey,
      List<String> requestIdHeaders,
      List<String> passHeaders,
      Optional<String> proxy,
      Optional<Secret> proxyLogin,
      UpstreamTls tls) {
    /** What records and operators call the platform. */
    public String platform() {
      return name.orElseGet(() -> URI.create(baseUrl).getHost().toLowerCase(Locale.ROOT));
    }
  }

  public record UpstreamTls(
      Optional<Path> caFile, Optional<Path> certFile, Optional<Path> keyFile, boolean http2) {}

  public record Signing(
      String mode,
      Optional<Secret> secret,
      String secretFrom,
      Optional<Secret> privateKey,
      Optional<String> keyId,
      Optional<String> algorithm) {}

  /**
   * Credentials that the platform lends us for a time; each is off while its {@code path} is empty.
   */
  public record Credentials(Renewal tmk, Renewal workingKey, Session session) {}

  public record Renewal(
      Optional<String> path,
      String method,
      Optional<Secret> body,
      Optional<String> valueAt,
      Optional<String> lifeAt,
      String lifeUnit,
      long lifeMs,
      long renewBeforeMs) {}

  public record Session(
      Optional<String> path,
      String method,
      Optional<Secret> body,
      Optional<String> valueAt,
      Optional<String> lifeAt,
      String lifeUnit,
      long lifeMs,
      long renewBeforeMs,
      String header) {
    public Renewal renewal() {
      return new Renewal(path, method, body, valueAt, lifeAt, lifeUnit, lifeMs, renewBeforeMs);
    }
  }

  /**
   * One of several keys of the platform, with all that belongs to it.
   *
   * @param appIds calls that name one of them are this account's
   * @param merchants so are calls that name one of them, and no appId of another account
   * @param webhookSecret signs the platform's notifications of it; empty: {@code webhook.secret}
   * @param notifySecret signs the notifications of its payments; empty: {@code notify.secret}
   */
  public record Account(
      String name,
      List<String> appIds,
      List<String> merchants,
      Secret apiKey,
      Signing signing,
      Credentials credentials,
      Optional<Secret> webhookSecret,
      Optional<Secret> notifySecret) {}

  /** @param lostKeys names of keys that no pod has any more */
  public record Ledger(
      Optional<Secret> encryptionKey,
      List<Secret> formerKeys,
      List<String> lostKeys,
      long retentionMs,
      long tombstoneMs) {}

  /** @param otherAmount whether money that moved with another amount than asked for pays */
  public record Orders(
      boolean onePayment,
      List<String> splitMerchants,
      String sessions,
      long pressSlackMs,
      boolean otherAmount,
      boolean oneUnreferencedRefund,
      String scope) {}

  public record Recovery(
      boolean reissue,
      long leaseMs,
      long firstDelayMs,
      long maxDelayMs,
      int maxAttempts,
      int resendsPerSecond,
      boolean resendAfterWindow,
      long deadlineMs) {}

  /**
   * The platform's reports to us; off without a port.
   *
   * @param publicUrl the port as the platform reaches it; without it bodies leave as they come
   */
  public record Webhook(
      String host,
      Optional<Integer> port,
      Optional<String> publicUrl,
      Optional<Secret> secret,
      long maxAgeMs) {}

  /** The keys of {@code notify}: how we notify callers. Java keeps that name for itself. */
  public record Notify(Optional<Secret> secret, List<String> allowHosts, long giveUpMs) {}

  /** @param retentionMs 0: no journal is kept */
  public record Outcomes(long retentionMs) {}

  /** Off while {@code otlpEndpoint} is empty. */
  public record Telemetry(Optional<String> otlpEndpoint, double sampling) {}

  public record Log(String format, boolean payments) {
    public boolean isJson() {
      return format.equals("json");
    }
  }

  /** Defaults, then the file, then {@code PAYONCE_*} of the environment; the later wins. */
  public static Loaded load(Optional<Path> file, Map<String, String> env, Profile profile) {
    return load(file, env, profile, Map.of());
  }

  /**
   * The same, with values that the program itself insists on, such as the sandbox's free ports.
   *
   * @param fixed by path, for instance {@code upstream.baseUrl}; they win over everything
   * @throws IllegalArgumentException if {@code fixed} names a key that does not exist
   */
  public static Loaded load(
      Optional<Path> file, Map<String, String> env, Profile profile, Map<String, String> fixed) {
    return load(file, env, profile, fixed, new FormerSecrets());
  }

  /**
   * The same again and again.
   *
   * @param former what the secret files of sections held the times before
   */
  public static Loaded load(
      Optional<Path> file,
      Map<String, String> env,
      Profile profile,
      Map<String, String> fixed,
      FormerSecrets former) {
    List<ConfigLayer> layers = new ArrayList<>();
    file.map(YamlFile::read).ifPresent(layers::add);
    layers.add(Environment.read(env));
    layers.add(fixed(fixed));
    LayerMerge resolution = new LayerMerge(layers, former);
    return judge(resolution.values(), resolution.faults(), profile);
  }

  private static Loaded judge(Values values, List<ConfigFault> soFar, Profile profile) {
    List<ConfigFault> faults = new ArrayList<>(soFar);
    List<String> warnings = new ArrayList<>();
    for (Rule rule : Rules.ALL) {
      if (rule.isFault(profile) && rule.isBroken(values)) {
        faults.add(rule.fault(values));
      } else if (rule.isWarning(profile) && rule.isBroken(values)) {
        warnings.add(rule.fault(values).toString());
      }
    }
    faults.addAll(SectionRules.faults(values, profile));
    faults.addAll(AddedOperations.faults(values));
    warnings.addAll(SectionRules.warnings(values, profile));
    return faults.isEmpty()
        ? new Loaded.Ready(Sections.of(values), warnings, EffectiveConfig.of(values))
        : new Loaded.Faulty(faults);
  }

  private static ConfigLayer fixed(Map<String, String> fixed) {
    ConfigLayer layer = new ConfigLayer();
    fixed.forEach((path, text) -> {
      KeyPath slot = KeyPath.BY_PATH.get(path);
      if (slot == null) {
        throw new IllegalArgumentException("no such key: " + path);
      }
      layer.put(slot, text, "fixed by the program");
    });
    return layer;
  }
}
