package io.payonce.settings;

import io.payonce.settings.source.ConfigFault;
import io.payonce.settings.source.Key;
import io.payonce.settings.source.Secret;
import java.util.List;
import java.util.stream.Collectors;

/** The result of loading: settings to run with, or everything that is wrong with them. */
public sealed interface Loaded {

  /** Settings that passed every check, and where each value came from. */
  record Ready(Settings settings, List<String> warnings, List<Entry> entries) implements Loaded {
    public Ready {
      warnings = List.copyOf(warnings);
      entries = List.copyOf(entries);
    }
  }

  /** All faults at once; never empty. */
  record Faulty(List<ConfigFault> faults) implements Loaded {
    public Faulty {
      faults = List.copyOf(faults);
    }
  }

  /**
   * One effective value and its source.
   *
   * @param key as it is shown, such as {@code accounts[0].apiKey}
   * @param of which key of the table that is
   * @param yaml masked, ready to be printed
   * @param value the value itself, to tell an old secret from a new one; empty when there is none
   */
  record Entry(String key, Key of, String yaml, String source, Secret value) {
    /** The same key without a value. */
    Entry absent() {
      return new Entry(key, of, "", "not set", new Secret(""));
    }
  }

  /** The settings, for callers whose input is their own and cannot be wrong (tests, sandbox). */
  default Settings orThrow() {
    if (this instanceof Ready ready) {
      return ready.settings();
    }
    throw new IllegalArgumentException(((Faulty) this)
        .faults().stream().map(ConfigFault::toString).collect(Collectors.joining("; ")));
  }
}
