package io.payonce.settings;

import io.payonce.settings.source.ConfigFault;
import io.payonce.settings.source.Key;
import io.payonce.settings.source.Section;
import io.payonce.settings.source.SectionList;
import io.payonce.settings.source.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Says what must hold in each section of a list and between them. What the table says of the keys
 * of a section alone holds there too: a mode that needs a secret needs it in an account as well.
 */
final class SectionRules {
  /** What only sections must keep. */
  private static final Map<SectionList, List<Rule>> OWN = Map.of(
      SectionList.ACCOUNTS,
      List.of(Rules.fault(
          Key.ACCOUNT_MERCHANTS,
          v -> v.has(Key.ACCOUNT_MERCHANTS) || v.has(Key.ACCOUNT_APP_IDS),
          "at least one merchant or one of appIds: no call would belong to the account",
          Key.ACCOUNT_APP_IDS)));

  private SectionRules() {}

  static List<ConfigFault> faults(Values values, Profile profile) {
    return Stream.of(SectionList.values())
        .map(values::sections)
        .flatMap(sections -> Stream.concat(
            sections.stream().flatMap(section -> faults(section, profile)), shared(sections)))
        .toList();
  }

  static List<String> warnings(Values values, Profile profile) {
    return Stream.of(SectionList.values())
        .flatMap(list -> values.sections(list).stream())
        .flatMap(section -> rules(section.list())
            .filter(rule -> rule.isWarning(profile) && rule.isBroken(section.values()))
            .map(rule -> rule.fault(section).toString()))
        .toList();
  }

  private static Stream<ConfigFault> faults(Section section, Profile profile) {
    Values values = section.values();
    Stream<ConfigFault> missing = section.list().required.stream()
        .filter(key -> values.sound(Set.of(key)) && !values.has(key))
        .map(key -> new ConfigFault(
            section.path(key), section.source(), "", key.expect.text() + "; each needs it"));
    Stream<ConfigFault> broken = rules(section.list())
        .filter(rule -> !section.list().required.contains(rule.key()))
        .filter(rule -> rule.isFault(profile) && rule.isBroken(values))
        .map(rule -> rule.fault(section));
    return Stream.concat(missing, broken);
  }

  private static Stream<Rule> rules(SectionList list) {
    return Stream.concat(
        OWN.getOrDefault(list, List.of()).stream(),
        Rules.ALL.stream()
            .filter(rule ->
                list.keys().contains(rule.key()) && list.keys().containsAll(rule.others())));
  }

  /** The later of two sections that claim the same is reported; the earlier one is named. */
  private static Stream<ConfigFault> shared(List<Section> sections) {
    List<ConfigFault> faults = new ArrayList<>();
    Map<String, Section> first = new HashMap<>();
    for (Section section : sections) {
      for (Key key : section.list().unique) {
        for (String item : Set.copyOf(section.values().list(key))) {
          Section before = first.putIfAbsent(key.path + " " + item, section);
          if (before != null) {
            faults.add(new ConfigFault(
                section.path(key),
                section.source(),
                item,
                "none that " + before.path(key) + " has"));
          }
        }
      }
    }
    return faults.stream();
  }
}
