package io.payonce.settings;

/** One caller: a name for logs and the key it sends. Two rows may share a name while rotating. */
public record ClientKey(String name, Secret key) {
  static ClientKey parse(String nameAndKey) {
    int colon = nameAndKey.indexOf(':');
    return new ClientKey(
        nameAndKey.substring(0, colon), new Secret(nameAndKey.substring(colon + 1)));
  }
}
