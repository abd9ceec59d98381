package io.payonce.command;

import io.payonce.outcome.OutcomeCursor;
import io.payonce.outcome.report.OutcomeSince;
import io.payonce.settings.Loaded;
import io.payonce.settings.Loaded.Ready;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A command that reads a span of the journal, from the Redis that the configuration names. */
public abstract class SpanCommand extends ConfiguredCommand {
  private static final String TIME =
      "a day (2026-11-29), a time (2026-11-29T08:00:00Z), a line's cursor, or milliseconds since 1970";

  private final Map<String, String> env;
  private final Path folder;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "What happened from then on: " + TIME + ". Default: all that is kept.")
  private String since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "What happened before then; of a cursor, up to its line. Default: now.")
  private String until;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description = "Of days, and of times that name none: Europe/Berlin. Default: UTC.")
  private String zone;

  SpanCommand(Map<String, String> env, Path folder) {
    this.env = env;
    this.folder = folder;
  }

  @Override
  public Loaded load(Optional<Path> config) {
    return Settings.load(orUsual(config, folder), env, Profile.SERVE);
  }

  /** How long the journal is kept; says so where it is not. */
  final long retentionMillis(Ready ready) {
    long millis = ready.settings().outcomes().retentionMs();
    if (millis == 0) {
      err().println("warning: outcomes.retentionMs is 0: no journal is kept");
      err().flush();
    }
    return millis;
  }

  final OutcomeCursor since() {
    return since == null ? OutcomeCursor.START : place("--since", since);
  }

  /** Empty where the span ends with what has happened now. */
  final Optional<OutcomeCursor> until() {
    return Optional.ofNullable(until).map(text -> place("--until", text));
  }

  final ZoneId zone() {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException strange) {
      throw wrong("--zone: expected a time zone such as Europe/Berlin, not \"" + zone + "\"");
    }
  }

  private OutcomeCursor place(String option, String text) {
    try {
      return OutcomeSince.parse(text, zone());
    } catch (IllegalArgumentException strange) {
      throw wrong(option + ": " + strange.getMessage());
    }
  }
}
