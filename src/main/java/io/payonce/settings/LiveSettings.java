package io.payonce.settings;

import io.payonce.settings.Loaded.Ready;
import io.payonce.tls.WatchedFile;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings in use. Limits follow the configuration file while the program runs; a file with
 * faults changes nothing, and the log lists them.
 */
public final class LiveSettings {
  private static final Logger LOG = LoggerFactory.getLogger(LiveSettings.class);

  private final WatchedFile<Ready> file;
  private final Settings first;
  private volatile Ready seen;
  private volatile Settings current;

  private LiveSettings(WatchedFile<Ready> file, Settings first) {
    this.file = file;
    this.first = first;
    seen = file.current();
    current = first;
    file.onChange(this::take);
  }

  /**
   * @param file of the configuration, if there is one; asked again at each look
   * @param load reads it, and all else that settings come from; may block
   */
  public static LiveSettings of(
      Supplier<Optional<Path>> file, Function<Optional<Path>, Loaded> load) {
    WatchedFile<Ready> files = WatchedFile.of("the configuration", new ChangedFiles(file, load));
    return new LiveSettings(files, files.current().settings());
  }

  /** Settings that stay as they are. */
  public static LiveSettings constant(Settings settings) {
    return of(Optional::empty, none -> new Ready(settings, List.of(), List.of()));
  }

  public void watch(Vertx vertx, long pauseMillis) {
    file.watch(vertx, pauseMillis);
  }

  /** Looks at the file now; true when something new is in use. Blocks. */
  public boolean reread() {
    return file.reread();
  }

  /** As they were at the start: what sockets, leases and records are built on. */
  public Settings first() {
    return first;
  }

  /** With today's limits. The same object until something changes. */
  public Settings current() {
    return current;
  }

  private void take(Ready fresh) {
    Reloadable.changes(seen, fresh).forEach(change -> {
      if (change.taken()) {
        LOG.info("configuration: {}", change);
      } else {
        LOG.warn("configuration: {}", change);
      }
    });
    fresh.warnings().stream()
        .filter(warning -> !seen.warnings().contains(warning))
        .forEach(warning -> LOG.warn("configuration: {}", warning));
    seen = fresh;
    current = Reloadable.merge(first, current, fresh.settings());
  }
}
