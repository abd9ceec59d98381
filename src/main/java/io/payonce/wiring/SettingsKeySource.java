package io.payonce.wiring;

import io.payonce.credentials.KeySource;
import io.payonce.credentials.RequestCredentials;
import io.payonce.settings.LiveSettings;
import io.payonce.settings.Settings;
import io.payonce.settings.source.Key;
import io.payonce.settings.source.Secret;
import io.payonce.settings.source.SecretFile;
import io.payonce.signing.Signing;
import io.payonce.signing.SigningAlgorithm;
import io.payonce.signing.SigningKey;
import io.payonce.signing.SigningMode;
import io.payonce.tls.PemKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the platform's keys from the configuration; those that came from files are read again. */
record SettingsKeySource(Settings settings, AccountKeys keys, Supplier<Optional<String>> keyId)
    implements KeySource {
  /** Its name is what it was. */
  SettingsKeySource(Settings settings, AccountKeys keys) {
    this(settings, keys, keys.signing()::keyId);
  }

  /** A key pair is exchanged together with its name. */
  static SettingsKeySource following(LiveSettings live, AccountKeys keys) {
    return new SettingsKeySource(live.first(), keys, () -> {
      live.reread();
      return keys.in(live.current()).signing().keyId();
    });
  }

  /** The same right after the configuration was read: once for all accounts. */
  static SettingsKeySource known(LiveSettings live, AccountKeys keys) {
    return new SettingsKeySource(
        live.first(), keys, () -> keys.in(live.current()).signing().keyId());
  }

  @Override
  public RequestCredentials read() throws IOException {
    String apiKey = value(keys.prefix() + "apiKey", Key.UPSTREAM_API_KEY, keys.apiKey());
    return new RequestCredentials(apiKey == null ? "" : apiKey, signing());
  }

  /** Who we are to the proxy on the way; empty where it does not ask. */
  static String proxyLogin(Settings settings) throws IOException {
    Key key = Key.UPSTREAM_PROXY_LOGIN;
    String login = value(settings, key.path, key, settings.upstream().proxyLogin());
    return login == null ? "" : login;
  }

  private Signing signing() throws IOException {
    Settings.Signing signing = keys.signing();
    SigningMode mode = SigningMode.of(signing.mode());
    if (mode == SigningMode.BEARER || signing.secretFrom().equals("workingKey")) {
      return Signing.bearer();
    }
    String id = keyId.get().orElse(null);
    String secret = value(keys.signingPrefix() + "secret", Key.SIGNING_SECRET, signing.secret());
    String pem =
        value(keys.signingPrefix() + "privateKey", Key.SIGNING_PRIVATE_KEY, signing.privateKey());
    SigningKey key = secret != null
        ? SigningKey.ofSecret(id, secret.getBytes(StandardCharsets.UTF_8))
        : signing.algorithm().isPresent()
            ? new SigningKey(
                id, SigningAlgorithm.of(signing.algorithm().get()), PemKeys.privateKey(pem))
            : SigningKey.of(id, PemKeys.privateKey(pem));
    return new Signing(mode, key, settings.upstream().requestIdHeaders().get(0));
  }

  private String value(String path, Key key, Optional<Secret> configured) throws IOException {
    return value(settings, path, key, configured);
  }

  /** @param path of the key where it stands; in a section that is another than its own */
  private static String value(Settings settings, String path, Key key, Optional<Secret> configured)
      throws IOException {
    for (SecretFile file : settings.secretFiles()) {
      if (file.key().equals(path)) {
        return file.read(key.expect);
      }
    }
    return configured.map(Secret::value).orElse(null);
  }
}
