package io.payonce.settings.source;

import io.payonce.settings.source.ConfigLayer.ListedSection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Lays the layers over each other, follows secret files, and checks each value on its own. */
public final class LayerMerge {
  /** Their file may be missing or empty: a secret from before they were known is a good one. */
  private static final Set<Key> MAY_BE_MISSING =
      Set.of(Key.LEDGER_FORMER_KEYS, Key.ADMIN_READ_TOKEN);

  private final Map<Key, RawValue> winning = new EnumMap<>(Key.class);
  private final Map<Key, RawValue> accepted = new EnumMap<>(Key.class);
  private final Set<Key> refused = EnumSet.noneOf(Key.class);
  private final List<ConfigFault> faults = new ArrayList<>();
  /** Faults of files that were read before. */
  private final Map<RawValue, ConfigFault> spared = new HashMap<>();

  private final Map<SectionList, List<Section>> sections = new EnumMap<>(SectionList.class);
  private final Function<Key, String> names;
  private final Map<String, KeyPath> known;

  /** Of a section; null elsewhere. */
  private final FormerSecrets former;

  /**
   * Lowest layer first. A later layer's list of sections replaces an earlier one's whole.
   *
   * @param former what the secret files of sections held when they were read before
   */
  public LayerMerge(List<ConfigLayer> layers, FormerSecrets former) {
    this(layers, key -> key.path, KeyPath.BY_PATH, null);
    Map<SectionList, List<ListedSection>> lists = new EnumMap<>(SectionList.class);
    layers.forEach(layer -> lists.putAll(layer.lists()));
    lists.forEach((list, each) -> sections.put(list, sections(list, each, former)));
  }

  private LayerMerge(
      List<ConfigLayer> layers,
      Function<Key, String> names,
      Map<String, KeyPath> known,
      FormerSecrets former) {
    this.names = names;
    this.known = known;
    this.former = former;
    for (ConfigLayer layer : layers) {
      winning.putAll(layer.given());
      faults.addAll(layer.faults());
    }
    winning.forEach(this::accept);
    markRefused();
  }

  private List<Section> sections(
      SectionList list, List<ListedSection> listed, FormerSecrets former) {
    return IntStream.range(0, listed.size())
        .mapToObj(index -> section(list, index, listed.get(index), former))
        .toList();
  }

  private Section section(SectionList list, int index, ListedSection listed, FormerSecrets former) {
    LayerMerge alone = new LayerMerge(List.of(listed.layer()), list::name, list.members, former);
    alone.faults.forEach(fault -> faults.add(fault.in(list, index)));
    alone.spared.forEach((given, fault) -> former.name(given, fault.in(list, index)));
    return new Section(list, index, listed.source(), alone.values());
  }

  public Values values() {
    return new Values(accepted, refused, sections);
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
        if (former != null) {
          former.keep(given, found);
        }
      } else {
        fault(
            key,
            given,
            new ConfigFault(
                names.apply(key), found.source(), key.kind.shown(found.text()), key.expect.text()));
      }
    } catch (IOException e) {
      fault(
          key,
          given,
          new ConfigFault(
              names.apply(key) + "File",
              given.source(),
              given.text(),
              "a readable file with the secret, but " + e.getMessage()));
    }
  }

  private void fault(Key key, RawValue given, ConfigFault fault) {
    RawValue before = former == null ? null : former.of(given);
    if (before != null && isAccepted(key, before.text())) {
      accepted.put(key, before);
      spared.put(given, fault);
    } else {
      faults.add(fault);
    }
  }

  /** Empty takes away what an earlier layer gave; what has a default cannot be without a value. */
  private static boolean isAccepted(Key key, String text) {
    return text.isEmpty() ? key.fallback == null : key.expect.holds().test(text);
  }

  /** Also keys that a layer itself complained about, such as a list where a number belongs. */
  private void markRefused() {
    for (ConfigFault fault : faults) {
      KeyPath slot = known.get(fault.key());
      if (slot != null) {
        refused.add(slot.key());
      }
    }
  }
}
