package io.payonce.server;

import io.payonce.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * Who may call. Compares in constant time, so that answers do not tell how much of a key is right.
 */
final class ClientKeys {
  private static final String BEARER = "Bearer ";

  private final List<byte[]> keys;
  private final boolean open;

  private ClientKeys(List<byte[]> keys, boolean open) {
    this.keys = keys;
    this.open = open;
  }

  static ClientKeys of(Settings.Client client) {
    return new ClientKeys(
        client.keys().stream()
            .map(key -> key.key().value().getBytes(StandardCharsets.UTF_8))
            .toList(),
        client.open());
  }

  /** Whether this Authorization header opens the door. */
  boolean admits(String authorization) {
    if (open) {
      return true;
    }
    if (authorization == null
        || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return false;
    }
    byte[] shown =
        authorization.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
    boolean known = false;
    for (byte[] key : keys) {
      known |= MessageDigest.isEqual(key, shown);
    }
    return known;
  }
}
