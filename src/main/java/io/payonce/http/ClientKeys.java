package io.payonce.http;

import io.payonce.settings.ClientKey;
import io.payonce.settings.Settings;
import io.payonce.settings.source.Key;
import io.payonce.settings.source.SecretFile;
import io.payonce.tls.Looks;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Authenticates callers by their key, in constant time, so that answers do not tell how much of a
 * key is right. Keys from a file may change while we run: all at once, or not at all when the file
 * is faulty. Only a new name waits while {@code client.merchants} lists one that no key has any
 * more: it may be the same client, and would be kept to no merchant.
 */
public final class ClientKeys {
  private static final Logger LOG = LoggerFactory.getLogger(ClientKeys.class);
  private static final String BEARER = "Bearer ";

  private final SecretFile file;
  private final Supplier<Settings.Client> now;
  private volatile List<ClientKey> keys;
  private String fault;

  private ClientKeys(List<ClientKey> keys, SecretFile file, Supplier<Settings.Client> now) {
    this.keys = keys;
    this.file = file;
    this.now = now;
  }

  /** @param now what the settings say by now: who is kept to some merchants, and who needs a key */
  public static ClientKeys of(Settings settings, Supplier<Settings.Client> now) {
    SecretFile file = settings.secretFiles().stream()
        .filter(secret -> secret.key().equals(Key.CLIENT_KEYS.path))
        .findFirst()
        .orElse(null);
    return new ClientKeys(settings.client().keys(), file, now);
  }

  /** Looks for new keys again and again, off the event loop, until Vert.x is closed. */
  public void watch(Vertx vertx, long pauseMillis) {
    if (file != null) {
      Looks.every(vertx, pauseMillis, this::reread);
    }
  }

  synchronized Void reread() {
    try {
      List<ClientKey> read = ClientKey.read(file.text());
      Set<String> orphans = without(now.get().merchants().keySet(), names(read));
      Set<String> waiting = orphans.isEmpty() ? Set.of() : without(names(read), names(keys));
      List<ClientKey> fresh =
          read.stream().filter(key -> !waiting.contains(key.name())).toList();
      if (!fresh.equals(keys)) {
        keys = fresh;
        LOG.info("callers' keys changed: the new ones are in use");
      }
      if (waiting.isEmpty()) {
        fault = null;
      } else {
        report(waiting + " wait until client.merchants lists no name without a key: " + orphans);
      }
    } catch (Exception e) {
      report(e.getMessage());
    }
    return null;
  }

  private static Set<String> names(List<ClientKey> keys) {
    return keys.stream().map(ClientKey::name).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> without(Set<String> names, Set<String> others) {
    Set<String> left = new TreeSet<>(names);
    left.removeAll(others);
    return left;
  }

  // Once for each fault: the watch comes back every few seconds.
  private void report(String found) {
    if (!found.equals(fault)) {
      fault = found;
      LOG.warn("callers' keys not changed: {}", found);
    }
  }

  /** Whether no key is needed. */
  boolean areOpen() {
    return now.get().open();
  }

  /** Whose key this Authorization header shows; null when the key is unknown. */
  String name(String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return null;
    }
    byte[] shown = bytes(authorization.substring(BEARER.length()).strip());
    String name = null;
    for (ClientKey key : keys) {
      name = MessageDigest.isEqual(bytes(key.key().value()), shown) ? key.name() : name;
    }
    return name;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
