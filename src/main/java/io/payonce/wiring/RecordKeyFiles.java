package io.payonce.wiring;

import io.payonce.ledger.sealing.EncryptionKeyRing;
import io.payonce.settings.LiveSettings;
import io.payonce.settings.Settings;
import io.payonce.settings.source.Secret;
import io.payonce.settings.source.SecretFile;
import io.payonce.tls.Looks;
import io.payonce.tls.WatchedFile;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the ledger's keys from the configuration and its files, at the start and ever since. Keys
 * that records need stay in use, whatever the configuration says by now.
 */
final class RecordKeyFiles {
  private static final Logger LOG = LoggerFactory.getLogger(RecordKeyFiles.class);

  private static final String OWN = "ledger.encryptionKey";
  private static final String FORMER = "ledger.formerKeys";
  private static final Pattern SEPARATORS = Pattern.compile("[,\\s]+");

  private final LiveSettings live;
  private final EncryptionKeyRing keys;
  private Configured seen;
  private String fault;
  private String lacked;
  private boolean logged;

  /** All base64, so that nothing of them is looked at when it has not changed. */
  private record Configured(String own, List<String> former, Set<String> lost) {
    byte[] ownBytes() {
      return bytes(own);
    }

    List<byte[]> formerBytes() {
      return former.stream().map(Configured::bytes).toList();
    }

    private static byte[] bytes(String base64) {
      return Base64.getDecoder().decode(base64);
    }

    @Override
    public String toString() {
      return "Configured[" + (1 + former.size()) + " keys]";
    }
  }

  RecordKeyFiles(LiveSettings live) {
    this.live = live;
    Settings.Ledger first = live.first().ledger();
    seen = new Configured(
        first.encryptionKey().orElseThrow().value(),
        first.formerKeys().stream().map(Secret::value).toList(),
        Set.copyOf(first.lostKeys()));
    keys = new EncryptionKeyRing(seen.ownBytes(), seen.formerBytes()).withoutLost(seen.lost());
  }

  EncryptionKeyRing keys() {
    return keys;
  }

  /** Looks for new keys again and again, off the event loop, until Vert.x is closed. */
  void watch(Vertx vertx, long pauseMillis) {
    Looks.every(vertx, isInFiles() ? pauseMillis : WatchedFile.PAUSE_MILLIS, this::reread);
  }

  /** Else they change when the configuration does. */
  private boolean isInFiles() {
    return live.first().secretFiles().stream()
        .map(SecretFile::key)
        .anyMatch(Set.of(OWN, FORMER)::contains);
  }

  synchronized Void reread() {
    try {
      Configured now = read();
      if (!now.equals(seen)) {
        keys.offer(now.ownBytes(), now.formerBytes(), now.lost());
        seen = now;
        LOG.info("ledger keys changed: {}", keys);
      }
      fault = null;
    } catch (IOException | IllegalArgumentException e) {
      report(e instanceof IOException ? e.getMessage() : "not base64 of 32 bytes");
    }
    log(keys.refused());
    return null;
  }

  /** Of two files one is new before the other: what is missing for a moment is no fault. */
  private void log(String lacks) {
    if (!Objects.equals(lacks, lacked)) {
      lacked = lacks;
      logged = false;
    } else if (lacks != null && !logged) {
      logged = true;
      LOG.error(
          "ledger keys lacking: {}, this pod keeps it, but one that starts now will not be ready",
          lacks);
    }
  }

  // Once for each fault: the watch comes back every few seconds.
  private void report(String found) {
    if (!found.equals(fault)) {
      fault = found;
      LOG.warn("ledger keys not read: {}, the old ones stay in use", found);
    }
  }

  private Configured read() throws IOException {
    Settings.Ledger now = live.current().ledger();
    String own =
        inFile(OWN, false).orElseGet(() -> now.encryptionKey().orElseThrow().value());
    String former = inFile(FORMER, true)
        .orElseGet(
            () -> now.formerKeys().stream().map(Secret::value).collect(Collectors.joining(",")));
    List<String> each =
        Arrays.stream(SEPARATORS.split(former)).filter(key -> !key.isEmpty()).toList();
    return new Configured(own, each, Set.copyOf(now.lostKeys()));
  }

  private Optional<String> inFile(String key, boolean mayBeMissing) throws IOException {
    for (SecretFile file : live.first().secretFiles()) {
      if (file.key().equals(key)) {
        return Optional.of(mayBeMissing && Files.notExists(file.path()) ? "" : file.text());
      }
    }
    return Optional.empty();
  }
}
