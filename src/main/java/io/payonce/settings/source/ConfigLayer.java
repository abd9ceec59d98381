package io.payonce.settings.source;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Holds what one source gave, and what was wrong with it. A later layer beats an earlier one by
 * key.
 */
public final class ConfigLayer {
  private final Map<Key, RawValue> given = new EnumMap<>(Key.class);
  private final Map<SectionList, List<ListedSection>> lists = new EnumMap<>(SectionList.class);
  private final List<ConfigFault> faults = new ArrayList<>();

  /** The content of one section of a list; its faults name keys as they stand inside it. */
  record ListedSection(String source, ConfigLayer layer) {}

  public void put(KeyPath slot, String text, String source) {
    RawValue before = given.putIfAbsent(slot.key(), RawValue.of(slot, text, source));
    if (before != null) {
      fault(slot.path(), source, "to be set once; it is also set at " + before.source());
    }
  }

  /** For what may hold a secret in the wrong place, so no value is shown. */
  void fault(String key, String source, String expected) {
    faults.add(new ConfigFault(key, source, "", expected));
  }

  void unknown(String name, String source, String suggestion) {
    fault(name, source, "a known key" + suggestion);
  }

  void put(SectionList list, List<ListedSection> sections) {
    lists.put(list, sections);
  }

  Map<SectionList, List<ListedSection>> lists() {
    return lists;
  }

  Map<Key, RawValue> given() {
    return given;
  }

  List<ConfigFault> faults() {
    return faults;
  }
}
