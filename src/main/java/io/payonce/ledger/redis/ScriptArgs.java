package io.payonce.ledger.redis;

import io.payonce.model.Abilities;
import io.payonce.model.Ability;
import io.payonce.model.TimelineEvent;
import java.util.Base64;
import java.util.regex.Pattern;

/** Writes texts in the form that the scripts expect. */
public final class ScriptArgs {
  /**
   * An operator's note of 200 characters and what leads up to it; a timeline keeps 1 KB of its
   * beginning, so four lines at the very least.
   */
  private static final int LINE_CHARS = 220;

  /** The same and the names of its fields: three lines at the very least. */
  private static final int FIELDS_CHARS = 320;

  private static final int RAW_BYTES = 16;
  private static final byte[] NONE = {};

  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}");

  private ScriptArgs() {}

  /** Lua has no null in its arguments. */
  static String orNone(String text) {
    return text == null ? "" : text;
  }

  /** A fingerprint in its bytes; nothing for what is none of this version. */
  static byte[] raw(String fingerprint) {
    try {
      byte[] raw = fingerprint == null ? NONE : Base64.getUrlDecoder().decode(fingerprint);
      boolean ours = raw.length == RAW_BYTES
          && Base64.getUrlEncoder().withoutPadding().encodeToString(raw).equals(fingerprint);
      return ours ? raw : NONE;
    } catch (IllegalArgumentException other) {
      return NONE;
    }
  }

  /** One line of a timeline; in fields, once all live pods read them. */
  public static String line(String event, Abilities abilities) {
    if (!TimelineEvent.isEncoded(event)) {
      return plain(event);
    }
    if (!abilities.all(Ability.EVENTS)) {
      return plain(TimelineEvent.decode(event).flat());
    }
    String line = cut(event, FIELDS_CHARS);
    return abilities.all(Ability.PACKED) ? BriefTimeline.brief(line) : line;
  }

  /** By which rule something was decided, as its line of a timeline says; else the line itself. */
  public static String rule(String event) {
    if (!TimelineEvent.isEncoded(event)) {
      return plain(event);
    }
    TimelineEvent said = TimelineEvent.decode(event);
    boolean person = said.kind() == TimelineEvent.Kind.PERSON;
    return plain(
        person || !said.has(TimelineEvent.Field.RULE)
            ? said.text()
            : said.get(TimelineEvent.Field.RULE));
  }

  /** Whether an operator has decided so. */
  public static boolean isDecision(String event) {
    return TimelineEvent.isEncoded(event)
        && TimelineEvent.kindOf(event) == TimelineEvent.Kind.PERSON;
  }

  private static String plain(String event) {
    String line = cut(event, LINE_CHARS);
    return isPlain(line) ? line : CONTROLS.matcher(line).replaceAll(" ");
  }

  private static String cut(String event, int most) {
    return event.length() <= most ? event : event.substring(0, most);
  }

  /** Our own words nearly always are, and then no pattern need be tried. */
  private static boolean isPlain(String line) {
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) < ' ' || line.charAt(i) == 0x7f) {
        return false;
      }
    }
    return true;
  }
}
