package io.payonce.settings;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What one source gave, and what was wrong with it. A later layer beats an earlier one by key. */
final class Layer {
  private final Map<Key, Given> given = new EnumMap<>(Key.class);
  private final List<Fault> faults = new ArrayList<>();

  void put(Slot slot, String text, String source) {
    Given before = given.putIfAbsent(slot.key(), Given.of(slot, text, source));
    if (before != null) {
      fault(slot.path(), source, "to be set once; it is also set at " + before.source());
    }
  }

  /** For what may hold a secret in the wrong place, so no value is shown. */
  void fault(String key, String source, String expected) {
    faults.add(new Fault(key, source, "", expected));
  }

  void unknown(String name, String source, String suggestion) {
    fault(name, source, "a known key" + suggestion);
  }

  Map<Key, Given> given() {
    return given;
  }

  List<Fault> faults() {
    return faults;
  }
}
