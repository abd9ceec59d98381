package io.payonce.model;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One line of a payment's timeline, kept as fields: {@link #text} makes it readable when an
 * operator reads, so that an operator's note is never taken for ours. The words of kinds and fields
 * are stored.
 */
public record TimelineEvent(Kind kind, Map<Field, String> fields) {
  /** How it was learnt: by asking, not by the answer to a send. */
  public static final String ASKED = "query";

  /** What an operator says who asks the platform. */
  public static final String ASKS = "ask";

  /** Begins what is stored as fields; no line that is only a text can begin so. */
  private static final String MARK = "\t";

  /** Of what the platform answered, with its ids: at half, most lines are copied as they grow. */
  private static final int USUAL_CHARS = 192;

  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

  /** Kinds of events. */
  public enum Kind {
    BEGUN("begun"),
    /** The platform answered a send or a question. */
    ANSWERED("heard"),
    SILENT("silent"),
    UNSENT("unsent"),
    /** Its time had come, and there was no answer. */
    DUE("due"),
    /** An operator decided, or asked. */
    PERSON("person"),
    /** Of a later version, or a text: {@link Field#NOTE} has it. */
    TEXT("text");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    private static final Map<String, Kind> BY_WORD = Arrays.stream(values())
        .collect(Collectors.toUnmodifiableMap(kind -> kind.word, kind -> kind));

    static Kind read(String word) {
      return BY_WORD.getOrDefault(word, TEXT);
    }
  }

  /**
   * Facts of an event, in the order in which they are kept: at the end of a long line it is cut.
   */
  public enum Field {
    /** How it was learnt, if not by the answer to a send. */
    BY("by"),
    CODE("code"),
    STATUS("status"),
    /** How it was understood. */
    REPORT("is"),
    /** What the platform moved, and what it was asked to. */
    AMOUNTS("amounts"),
    /** Why there was no answer. */
    WHY("why"),
    /** With it one more send got its intent. */
    SENT("sent"),
    CLIENT("client"),
    TERMINAL("terminal"),
    TRANSACTION("transaction"),
    TRACE("trace"),
    /** What an operator says: {@code paid}, {@code unpaid}, or {@code ask} for a question. */
    SAYS("says"),
    /** By which rule the payment went on; of an operator's request: why it was not granted. */
    RULE("rule"),
    NOTE("note");

    private final String word;

    /** What stands before its value. */
    private final String ahead;

    Field(String word) {
      this.word = word;
      this.ahead = "\t" + word + "=";
    }

    private static final List<Field> ALL = List.of(values());

    private static final Map<String, Field> BY_WORD =
        ALL.stream().collect(Collectors.toUnmodifiableMap(field -> field.word, field -> field));

    /** Null for one of a later version. */
    static Field read(String word) {
      return BY_WORD.get(word);
    }
  }

  public static TimelineEvent of(Kind kind) {
    return new TimelineEvent(kind, Map.of());
  }

  /** The same with this field, if there is a value. */
  public TimelineEvent with(Field field, String value) {
    if (value == null || value.isEmpty()) {
      return this;
    }
    Map<Field, String> more = fields.isEmpty() ? new EnumMap<>(Field.class) : new EnumMap<>(fields);
    more.put(field, plain(value));
    return new TimelineEvent(kind, more);
  }

  private static String plain(String value) {
    return isPlain(value) ? value : CONTROLS.matcher(value).replaceAll(" ");
  }

  /** Our own words nearly always are, and then no pattern need be tried. */
  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < ' ' || value.charAt(i) == 0x7f) {
        return false;
      }
    }
    return true;
  }

  /** Null when it does not say. */
  public String get(Field field) {
    return fields.get(field);
  }

  public boolean has(Field field) {
    return fields.containsKey(field);
  }

  /** As it is stored. */
  public String encode() {
    StringBuilder line = new StringBuilder(USUAL_CHARS).append(MARK).append(kind.word);
    for (Field field : Field.ALL) {
      if (has(field)) {
        line.append(field.ahead).append(get(field));
      }
    }
    return line.toString();
  }

  public static boolean isEncoded(String line) {
    return line.startsWith(MARK);
  }

  /** What kind of event a line that is stored as fields is about. */
  public static Kind kindOf(String line) {
    return Kind.read(line.substring(MARK.length(), end(line, MARK.length())));
  }

  /** One field of such a line, without a look at the others; null when it does not say. */
  public static String get(String line, Field field) {
    int at = line.indexOf(field.ahead);
    int from = at + field.ahead.length();
    int end = at < 0 ? from : end(line, from);
    return from < end ? plain(line.substring(from, end)) : null;
  }

  /** Reads {@link #encode}, also where it was cut off; fields of later versions are passed over. */
  public static TimelineEvent decode(String line) {
    Map<Field, String> fields = new EnumMap<>(Field.class);
    int end = end(line, MARK.length());
    String word = line.substring(MARK.length(), end);
    for (int from = end + 1; from <= line.length(); from = end + 1) {
      end = end(line, from);
      read(line, from, end, fields);
    }
    Kind kind = Kind.read(word);
    if (kind == Kind.TEXT && !word.isEmpty()) {
      fields.putIfAbsent(Field.NOTE, plain(word));
    }
    return new TimelineEvent(kind, fields);
  }

  private static void read(String line, int from, int end, Map<Field, String> fields) {
    int equals = line.indexOf('=', from);
    Field field = equals < 0 || equals >= end ? null : Field.read(line.substring(from, equals));
    if (field != null && equals + 1 < end) {
      fields.put(field, plain(line.substring(equals + 1, end)));
    }
  }

  private static int end(String line, int from) {
    int tab = line.indexOf('\t', from);
    return tab < 0 ? line.length() : tab;
  }

  /** What happened, for operators. */
  public String text() {
    return switch (kind) {
      case BEGUN -> "begun";
      case ANSWERED -> by() + answered();
      case SILENT -> by() + "silence: " + shown(Field.WHY);
      case UNSENT -> by() + "not sent: " + shown(Field.WHY);
      case DUE -> "due";
      case PERSON -> person();
      case TEXT -> shown(Field.NOTE);
    };
  }

  /** The line as earlier versions wrote it: what happened, the rule, whether a send followed. */
  public String flat() {
    String rule = get(Field.RULE);
    if (kind == Kind.PERSON && isQuestion()) {
      return "an operator asks the platform: " + shown(Field.BY);
    }
    if (kind == Kind.PERSON) {
      return "an operator says " + shown(Field.SAYS) + ": " + shown(Field.BY) + ": "
          + shown(Field.NOTE) + (rule == null ? "" : " (refused; " + rule + ")");
    }
    return text() + (rule == null ? "" : "; " + rule) + (has(Field.SENT) ? "; sent" : "");
  }

  private boolean isQuestion() {
    return ASKS.equals(get(Field.SAYS));
  }

  private String by() {
    return has(Field.BY) ? get(Field.BY) + ": " : "";
  }

  private String answered() {
    String said = ((has(Field.CODE) ? get(Field.CODE) : "") + " "
            + (has(Field.STATUS) ? get(Field.STATUS) : ""))
        .strip();
    String amounts = has(Field.AMOUNTS) ? ": " + get(Field.AMOUNTS) : "";
    return said + " (" + shown(Field.REPORT) + amounts + ")";
  }

  private String person() {
    String note = has(Field.NOTE) ? ": " + shown(Field.NOTE) : "";
    return isQuestion()
        ? shown(Field.BY) + " asks the platform"
        : shown(Field.BY) + " says " + shown(Field.SAYS) + note;
  }

  /** Of a line that was cut off, too. */
  private String shown(Field field) {
    return fields.getOrDefault(field, "?");
  }
}
