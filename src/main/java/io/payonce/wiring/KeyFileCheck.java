package io.payonce.wiring;

import io.payonce.settings.Loaded.Entry;
import io.payonce.settings.Loaded.Ready;
import io.payonce.settings.Settings;
import io.payonce.settings.source.ConfigFault;
import io.payonce.tls.CertificateBundle;
import io.payonce.tls.CertificateFiles;
import io.payonce.tls.PemKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds every certificate and key file of a configuration that cannot be used. A start would stop
 * at the first one.
 */
public final class KeyFileCheck {
  private final Ready ready;
  private final List<ConfigFault> faults = new ArrayList<>();

  private KeyFileCheck(Ready ready) {
    this.ready = ready;
  }

  /** All that is wrong, without a word of what the files hold. Blocks while they are read. */
  public static List<ConfigFault> faults(Ready ready) {
    KeyFileCheck contents = new KeyFileCheck(ready);
    Settings settings = ready.settings();
    Settings.Tls server = settings.server().tls();
    contents.identity("server.tls", server.certFile(), server.keyFile());
    contents.authorities("server.tls.clientCaFile", server.clientCaFile());
    contents.authorities("redis.caFile", settings.redis().caFile());
    Settings.UpstreamTls upstream = settings.upstream().tls();
    contents.identity("upstream.tls", upstream.certFile(), upstream.keyFile());
    contents.authorities("upstream.tls.caFile", upstream.caFile());
    AccountKeys.all(settings).forEach(keys -> {
      boolean shared = keys.signing().secret().isPresent();
      contents.isSound(
          keys.signingPrefix() + (shared ? "secret" : "privateKey"),
          new SettingsKeySource(settings, keys)::read);
    });
    return contents.faults;
  }

  private interface Reading {
    Object read() throws Exception;
  }

  /** A key that fits, of a certificate that is valid: asked only when each can be read. */
  private void identity(String section, Optional<Path> chain, Optional<Path> key) {
    boolean certificates = authorities(section + ".certFile", chain);
    boolean readable =
        key.isEmpty() || isSound(section + ".keyFile", () -> PemKeys.tlsKey(text(key.get())));
    if (certificates && readable && chain.isPresent()) {
      isSound(
          section + ".certFile",
          () -> CertificateBundle.read(new CertificateFiles(chain, key, Optional.empty())));
    }
  }

  // Whatever the bytes are: what is no PEM is to be called so.
  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  private boolean authorities(String key, Optional<Path> file) {
    return file.isEmpty()
        || isSound(key, () -> CertificateBundle.read(CertificateFiles.trusting(file.get())));
  }

  private boolean isSound(String key, Reading reading) {
    try {
      reading.read();
      return true;
    } catch (Exception e) {
      Entry entry = entry(key);
      faults.add(new ConfigFault(
          key, entry.source(), entry.yaml(), "content that can be used, but " + e.getMessage()));
      return false;
    }
  }

  /** What is at its default in a list is not shown there: the section is what was read. */
  private Optional<Entry> ofItsAccount(String key) {
    String section = key.replaceFirst("].*", "]");
    return ready.entries().stream()
        .filter(entry -> entry.key().startsWith(section))
        .findFirst();
  }

  private Entry entry(String key) {
    return ready.entries().stream()
        .filter(entry -> entry.key().equals(key))
        .findFirst()
        .or(() -> ofItsAccount(key))
        .orElseThrow();
  }
}
