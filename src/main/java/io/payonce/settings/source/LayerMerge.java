package io.payonce.settings.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lays the layers over each other, follows secret files, and checks each value on its own. */
public final class LayerMerge {
  /** Their file may be missing or empty: a secret from before they were known is a good one. */
  private static final Set<Key> MAY_BE_MISSING =
      Set.of(Key.LEDGER_FORMER_KEYS, Key.ADMIN_READ_TOKEN);

  private final Map<Key, RawValue> winning = new EnumMap<>(Key.class);
  private final Map<Key, RawValue> accepted = new EnumMap<>(Key.class);
  private final Set<Key> refused = EnumSet.noneOf(Key.class);
  private final List<ConfigFault> faults = new ArrayList<>();

  /** Lowest layer first. */
  public LayerMerge(List<ConfigLayer> layers) {
    for (ConfigLayer layer : layers) {
      winning.putAll(layer.given());
      faults.addAll(layer.faults());
    }
    winning.forEach(this::accept);
    markRefused();
  }

  public Values values() {
    return new Values(accepted, refused);
  }

  public List<ConfigFault> faults() {
    return faults;
  }

  private void accept(Key key, RawValue given) {
    try {
      RawValue found = given.indirect() && !given.text().isEmpty()
          ? SecretText.read(given, MAY_BE_MISSING.contains(key))
          : given;
      if (isAccepted(key, found.text())) {
        accepted.put(key, found);
      } else {
        faults.add(new ConfigFault(
            key.path, found.source(), key.kind.shown(found.text()), key.expect.text()));
      }
    } catch (IOException e) {
      faults.add(new ConfigFault(
          key.path + "File",
          given.source(),
          given.text(),
          "a readable file with the secret, but " + e.getMessage()));
    }
  }

  /** Empty takes away what an earlier layer gave; what has a default cannot be without a value. */
  private static boolean isAccepted(Key key, String text) {
    return text.isEmpty() ? key.fallback == null : key.expect.holds().test(text);
  }

  /** Also keys that a layer itself complained about, such as a list where a number belongs. */
  private void markRefused() {
    for (ConfigFault fault : faults) {
      KeyPath slot = KeyPath.BY_PATH.get(fault.key());
      if (slot != null) {
        refused.add(slot.key());
      }
    }
  }
}
