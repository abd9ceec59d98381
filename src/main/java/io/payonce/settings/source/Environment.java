package io.payonce.settings.source;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads {@code PAYONCE_*} variables; every one of them must be a known key. */
public final class Environment {
  private static final String PREFIX = "PAYONCE_";

  /**
   * Kubernetes describes every Service of the namespace in variables of this form, so one that is
   * called payonce would otherwise stop every pod that keeps its service links.
   */
  private static final Pattern SERVICE_LINK = Pattern.compile(
      "PAYONCE_(.*_)?(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_\\d+_(TCP|UDP|SCTP)(_.+)?)");

  private static final Pattern SERVICE_LINK_VALUE = Pattern.compile("(tcp|udp|sctp)://.*");

  private Environment() {}

  public static ConfigLayer read(Map<String, String> variables) {
    ConfigLayer layer = new ConfigLayer();
    new TreeMap<>(variables).forEach((name, value) -> {
      if (name.startsWith(PREFIX) && !isServiceLink(name, value)) {
        read(layer, name, value);
      }
    });
    return layer;
  }

  private static void read(ConfigLayer layer, String name, String value) {
    KeyPath slot = KeyPath.BY_VARIABLE.get(name);
    SectionList list = SectionList.BY_VARIABLE.get(name);
    if (list != null) {
      YamlTree.list(list, name, value, layer);
    } else if (slot == null) {
      Set<String> known = new HashSet<>(KeyPath.BY_VARIABLE.keySet());
      known.addAll(SectionList.BY_VARIABLE.keySet());
      layer.unknown(name, "environment", Suggestion.of(name, known));
    } else {
      layer.put(slot, value, name);
    }
  }

  private static boolean isServiceLink(String name, String value) {
    return SERVICE_LINK.matcher(name).matches()
        || (name.endsWith("_PORT") && SERVICE_LINK_VALUE.matcher(value).matches());
  }
}
