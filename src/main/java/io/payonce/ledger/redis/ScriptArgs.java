package io.payonce.ledger.redis;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.payonce.model.Abilities;
import io.payonce.model.Ability;
import io.payonce.model.TimelineEvent;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Writes arguments in the form that the scripts expect. */
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

  /** MessagePack: of up to so many bytes, the length stands in the first byte. */
  private static final int SHORT = 31;

  private static final int SHORT_FORM = 0xa0;
  private static final int MIDDLE = 0xffff;
  private static final int MIDDLE_FORM = 0xda;
  private static final int LONG_FORM = 0xdb;

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
    String rule = isDecision(event) ? null : TimelineEvent.get(event, TimelineEvent.Field.RULE);
    return plain(rule == null ? TimelineEvent.decode(event).text() : rule);
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

  /**
   * All arguments as one, each a string of MessagePack, which Redis' Lua reads by itself
   * ({@code cmsgpack.unpack}). As thirty they cost Redis 4 % of a payment more.
   *
   * @param args each a String, Long, Integer or byte[]
   */
  static byte[] pack(List<?> args) {
    int size = 0;
    for (Object arg : args) {
      int length = length(arg);
      size += (length <= SHORT ? 1 : length <= MIDDLE ? 3 : 5) + length;
    }
    byte[] packed = new byte[size];
    ByteBuf to = Unpooled.wrappedBuffer(packed).clear();
    for (Object arg : args) {
      int length = length(arg);
      head(to, length);
      if (arg instanceof byte[] bytes) {
        to.writeBytes(bytes);
      } else if (arg instanceof String text) {
        ByteBufUtil.reserveAndWriteUtf8(to, text, length);
      } else {
        number(to, ((Number) arg).longValue(), length);
      }
    }
    return packed;
  }

  private static int length(Object arg) {
    if (arg instanceof byte[] bytes) {
      return bytes.length;
    }
    if (arg instanceof String text) {
      return ByteBufUtil.utf8Bytes(text);
    }
    if (arg instanceof Long || arg instanceof Integer) {
      return digits(((Number) arg).longValue());
    }
    throw new IllegalArgumentException(
        "a script's argument is a String, Long, Integer or byte[], not "
            + (arg == null ? "null" : arg.getClass().getName()));
  }

  /** With its sign. No text is made of a number: a third of all arguments are numbers. */
  private static int digits(long number) {
    int digits = number < 0 ? 2 : 1;
    for (long left = number / 10; left != 0; left /= 10) {
      digits++;
    }
    return digits;
  }

  private static void number(ByteBuf to, long number, int digits) {
    int from = to.writerIndex();
    to.writerIndex(from + digits);
    long left = number;
    for (int at = from + digits - 1; at >= from; at--) {
      to.setByte(at, '0' + (int) Math.abs(left % 10));
      left /= 10;
    }
    if (number < 0) {
      to.setByte(from, '-');
    }
  }

  private static void head(ByteBuf to, int length) {
    if (length <= SHORT) {
      to.writeByte(SHORT_FORM | length);
    } else if (length <= MIDDLE) {
      to.writeByte(MIDDLE_FORM).writeShort(length);
    } else {
      to.writeByte(LONG_FORM).writeInt(length);
    }
  }
}
