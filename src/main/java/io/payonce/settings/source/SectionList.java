package io.payonce.settings.source;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The lists of sections: each section is a small configuration of its own, over a few of the keys.
 * What a section does not say has the key's default, never what the file says elsewhere.
 */
public enum SectionList {
  ACCOUNTS(
      "accounts",
      "Where the platform gave more than one key: each account has its own key, signing and"
          + " credentials. Calls that belong to none have upstream.apiKey, signing and"
          + " credentials. A payment keeps the account it began with.",
      List.of(Key.ACCOUNT_NAME, Key.UPSTREAM_API_KEY),
      Set.of(Key.ACCOUNT_NAME, Key.ACCOUNT_APP_IDS, Key.ACCOUNT_MERCHANTS),
      List.of(
          own(Key.ACCOUNT_NAME),
          own(Key.ACCOUNT_APP_IDS),
          own(Key.ACCOUNT_MERCHANTS),
          like(Key.UPSTREAM_API_KEY, "apiKey"),
          all("signing."),
          all("credentials."),
          like(Key.WEBHOOK_SECRET, "webhookSecret"),
          like(Key.NOTIFY_SECRET, "notifySecret"))),
  OPERATIONS(
      "operations",
      "Money calls of the platform that Payonce does not know: what is described here is locked,"
          + " remembered and cleared up like a sale. Every other POST below /v1/ is passed on once,"
          + " without a lock.",
      List.of(Key.OPERATION_PATH, Key.OPERATION_ORDER, Key.OPERATION_DOUBT),
      Set.of(),
      List.of(
          own(Key.OPERATION_PATH),
          own(Key.OPERATION_ORDER),
          own(Key.OPERATION_ID),
          own(Key.OPERATION_DOUBT),
          own(Key.OPERATION_REQUIRED)));

  public static final Map<String, SectionList> BY_PATH = by(list -> list.path);
  static final Map<String, SectionList> BY_VARIABLE = by(list -> Key.variable(list.path));

  public final String path;
  public final String meaning;
  /** What no section can be without. */
  public final List<Key> required;
  /** What no two sections may share. */
  public final Set<Key> unique;

  final Map<String, KeyPath> members;
  private final Map<Key, String> names;

  SectionList(
      String path,
      String meaning,
      List<Key> required,
      Set<Key> unique,
      List<Map<Key, String>> members) {
    this.path = path;
    this.meaning = meaning;
    this.required = required;
    this.unique = unique;
    names = new LinkedHashMap<>();
    members.forEach(names::putAll);
    this.members = names.entrySet().stream()
        .flatMap(member -> KeyPath.of(member.getKey(), member.getValue()))
        .collect(Collectors.toMap(KeyPath::path, slot -> slot, KeyPath::clash, LinkedHashMap::new));
  }

  /** The keys of one section, in the order in which they are shown. */
  public Set<Key> keys() {
    return names.keySet();
  }

  /** What the key is called inside a section. */
  public String name(Key key) {
    return names.getOrDefault(key, key.path);
  }

  private static Map<Key, String> own(Key key) {
    return like(key, key.path.substring(key.path.indexOf("[].") + 3));
  }

  private static Map<Key, String> like(Key key, String name) {
    return Map.of(key, name);
  }

  private static Map<Key, String> all(String section) {
    return Key.SINGLE.stream()
        .filter(key -> key.path.startsWith(section))
        .collect(
            Collectors.toMap(key -> key, key -> key.path, (one, other) -> one, LinkedHashMap::new));
  }

  private static Map<String, SectionList> by(Function<SectionList, String> name) {
    return Arrays.stream(values()).collect(Collectors.toMap(name, list -> list));
  }
}
