package io.payonce.settings;

import io.payonce.settings.Loaded.Entry;
import io.payonce.settings.Loaded.Ready;
import io.payonce.settings.source.Key;
import io.payonce.settings.source.Secret;
import io.payonce.settings.source.SecretFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Distinguishes settings that may change while the program runs, and says what a new file would
 * change. The others are built into sockets, leases and records: they need a restart.
 */
public final class Reloadable {
  private static final Set<Key> KEYS = Set.of(
      Key.ADMIN_TOKEN,
      Key.ADMIN_READ_TOKEN,
      Key.CLIENT_MERCHANTS,
      Key.CLIENT_OPEN,
      Key.SERVER_WAIT_BUDGET,
      Key.SERVER_MAX_BODY,
      Key.RECOVERY_REISSUE,
      Key.RECOVERY_FIRST_DELAY,
      Key.RECOVERY_MAX_DELAY,
      Key.RECOVERY_MAX_ATTEMPTS,
      Key.RECOVERY_RESEND_AFTER_WINDOW,
      Key.RECOVERY_DEADLINE,
      Key.WEBHOOK_SECRET,
      Key.NOTIFY_SECRET,
      Key.LEDGER_ENCRYPTION_KEY,
      Key.LEDGER_FORMER_KEYS,
      Key.LEDGER_LOST_KEYS,
      Key.SIGNING_KEY_ID);

  /** Those of them that may also come and go while the program runs. */
  private static final Set<Key> OPTIONAL =
      Set.of(Key.CLIENT_MERCHANTS, Key.LEDGER_FORMER_KEYS, Key.LEDGER_LOST_KEYS);

  /** Whoever uses these looks at their files by itself; in the configuration they are fixed. */
  private static final Set<Key> FILES_FOLLOWED = Set.of(
      Key.CLIENT_KEYS,
      Key.UPSTREAM_API_KEY,
      Key.SIGNING_SECRET,
      Key.SIGNING_PRIVATE_KEY,
      Key.UPSTREAM_PROXY_LOGIN);

  private Reloadable() {}

  /** One key whose value is another now; both masked. */
  public record Change(String key, String before, String after, boolean taken) {
    @Override
    public String toString() {
      String words = key + ": " + before + " -> " + after;
      return taken ? words : words + " (needs a restart)";
    }
  }

  /**
   * The settings of the start with what may change taken from the new ones.
   *
   * @param current what is in use by now: once closed to callers without a key, it stays closed
   */
  public static Settings merge(Settings running, Settings current, Settings fresh) {
    Settings.Server server = running.server();
    Settings.Recovery recovery = fresh.recovery();
    return new Settings(
        new Settings.Server(
            server.host(),
            server.port(),
            fresh.server().waitBudgetMs(),
            fresh.server().maxBodyBytes(),
            server.maxBufferedBytes(),
            server.maxConnections(),
            server.drainMs(),
            server.tls()),
        new Settings.Client(
            running.client().keys(),
            current.client().open() && fresh.client().open(),
            merchants(running, fresh.client())),
        admin(running.admin(), fresh.admin()),
        running.redis(),
        running.upstream(),
        signing(running.signing(), fresh.signing()),
        running.credentials(),
        running.accounts().stream()
            .map(account -> account(account, fresh.accounts()))
            .toList(),
        running.operations(),
        ledger(running.ledger(), fresh.ledger()),
        running.orders(),
        new Settings.Recovery(
            recovery.reissue(),
            running.recovery().leaseMs(),
            recovery.firstDelayMs(),
            recovery.maxDelayMs(),
            recovery.maxAttempts(),
            running.recovery().resendsPerSecond(),
            recovery.resendAfterWindow(),
            recovery.deadlineMs()),
        webhook(running.webhook(), fresh.webhook()),
        new Settings.Notify(
            rotated(running.notifications().secret(), fresh.notifications().secret()),
            running.notifications().allowHosts(),
            running.notifications().giveUpMs()),
        running.outcomes(),
        running.telemetry(),
        running.log(),
        running.secretFiles());
  }

  /**
   * A name that the configuration has no more, or of which it gives a key to another name, keeps
   * its key until the restart: for no merchant. Keys in a file go by their new names at once.
   */
  private static Map<String, Set<String>> merchants(Settings running, Settings.Client fresh) {
    if (running.client().merchants().isEmpty() && fresh.merchants().isEmpty()) {
      return Map.of();
    }
    Map<String, Set<String>> all = new HashMap<>(fresh.merchants());
    Set<String> named = fresh.keys().stream().map(ClientKey::name).collect(Collectors.toSet());
    boolean fixed = file(Key.CLIENT_KEYS.path, running).isEmpty();
    running.client().keys().stream()
        .filter(key -> !named.contains(key.name()) || fixed && isAnothers(key, fresh.keys()))
        .forEach(key -> all.put(key.name(), Set.of()));
    return Map.copyOf(all);
  }

  private static boolean isAnothers(ClientKey key, List<ClientKey> fresh) {
    return fresh.stream()
        .anyMatch(same -> same.key().equals(key.key()) && !same.name().equals(key.name()));
  }

  // A key is never taken away from records; which of the new ones are used, their ledger decides.
  private static Settings.Ledger ledger(Settings.Ledger running, Settings.Ledger fresh) {
    return new Settings.Ledger(
        fresh.encryptionKey().or(running::encryptionKey),
        fresh.formerKeys(),
        fresh.lostKeys(),
        running.retentionMs(),
        running.tombstoneMs());
  }

  // An account comes and goes with a restart only: what it began would be foreign meanwhile.
  private static Settings.Account account(Settings.Account running, List<Settings.Account> fresh) {
    return fresh.stream()
        .filter(same -> same.name().equals(running.name()))
        .findFirst()
        .map(same -> new Settings.Account(
            running.name(),
            running.appIds(),
            running.merchants(),
            running.apiKey(),
            signing(running.signing(), same.signing()),
            running.credentials(),
            rotated(running.webhookSecret(), same.webhookSecret()),
            rotated(running.notifySecret(), same.notifySecret())))
        .orElse(running);
  }

  // A key pair goes by a new name when it is exchanged; the keys themselves are read from files.
  private static Settings.Signing signing(Settings.Signing running, Settings.Signing fresh) {
    return new Settings.Signing(
        running.mode(),
        running.secret(),
        running.secretFrom(),
        running.privateKey(),
        running.keyId().flatMap(old -> fresh.keyId().or(running::keyId)),
        running.algorithm());
  }

  private static Settings.Webhook webhook(Settings.Webhook running, Settings.Webhook fresh) {
    return new Settings.Webhook(
        running.host(),
        running.port(),
        running.publicUrl(),
        rotated(running.secret(), fresh.secret()),
        running.maxAgeMs());
  }

  // What was built without a secret has no use for one, and what needs it does not lose it.
  private static Optional<Secret> rotated(Optional<Secret> running, Optional<Secret> fresh) {
    return running.flatMap(old -> fresh.or(() -> running));
  }

  // A port is not opened, and not closed, while calls are served on it.
  private static Settings.Admin admin(Settings.Admin running, Settings.Admin fresh) {
    return new Settings.Admin(
        running.host(),
        running.port(),
        tokens(running.token(), fresh.token()),
        tokens(running.readToken(), fresh.readToken()),
        running.redisOutage());
  }

  private static List<AdminToken> tokens(List<AdminToken> running, List<AdminToken> fresh) {
    return running.isEmpty() || fresh.isEmpty() ? running : fresh;
  }

  /** Every key whose value differs, or the file that a secret is read from. */
  public static List<Change> changes(Ready before, Ready after) {
    Map<String, Entry> old = byKey(before);
    Map<String, Entry> now = byKey(after);
    Set<String> keys = new LinkedHashSet<>(old.keySet());
    keys.addAll(now.keySet());
    List<Change> changes = new ArrayList<>();
    for (String key : keys) {
      Entry was = old.containsKey(key) ? old.get(key) : now.get(key).absent();
      Entry is = now.containsKey(key) ? now.get(key) : was.absent();
      Optional<SecretFile> file = file(key, before.settings());
      boolean sameFile = file.equals(file(key, after.settings()));
      if (!sameFile || !was.value().equals(is.value())) {
        changes.add(new Change(key, was.yaml(), is.yaml(), taken(was, is, sameFile, file)));
      }
    }
    return changes;
  }

  private static boolean taken(Entry was, Entry is, boolean sameFile, Optional<SecretFile> file) {
    Key key = was.of();
    if (key == Key.CLIENT_OPEN) {
      return !Boolean.parseBoolean(is.value().value()); // who shows no key is kept out at once
    }
    return KEYS.contains(key) && (OPTIONAL.contains(key) || isSet(was) && isSet(is))
        || FILES_FOLLOWED.contains(key) && sameFile && file.isPresent();
  }

  private static Map<String, Entry> byKey(Ready loaded) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    loaded.entries().forEach(entry -> entries.put(entry.key(), entry));
    return entries;
  }

  private static boolean isSet(Entry entry) {
    return !entry.value().value().isEmpty();
  }

  private static Optional<SecretFile> file(String key, Settings settings) {
    return settings.secretFiles().stream()
        .filter(file -> file.key().equals(key))
        .findFirst();
  }

  static Set<Key> keys() {
    return KEYS;
  }
}
