package io.payonce.settings;

import io.payonce.settings.source.Key;
import io.payonce.settings.source.Secret;
import io.payonce.settings.source.ValueType;
import java.util.List;

/** One caller: a name for logs and the key it sends. Two rows may share a name while rotating. */
public record ClientKey(String name, Secret key) {
  /**
   * Reads what {@code client.keysFile} may hold.
   *
   * @throws IllegalArgumentException saying what was expected, never quoting a key
   */
  public static List<ClientKey> read(String text) {
    if (!Key.CLIENT_KEYS.expect.holds().test(text.strip())) {
      throw new IllegalArgumentException("expected " + Key.CLIENT_KEYS.expect.text());
    }
    List<ClientKey> keys = ValueType.split(text).stream().map(ClientKey::parse).toList();
    if (keys.stream().map(ClientKey::key).distinct().count() < keys.size()) {
      throw new IllegalArgumentException("expected no key twice");
    }
    return keys;
  }

  static ClientKey parse(String nameAndKey) {
    int colon = nameAndKey.indexOf(':');
    return new ClientKey(
        nameAndKey.substring(0, colon), new Secret(nameAndKey.substring(colon + 1)));
  }
}
