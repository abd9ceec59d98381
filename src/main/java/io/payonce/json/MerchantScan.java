package io.payonce.json;

import static com.fasterxml.jackson.core.JsonToken.END_ARRAY;
import static com.fasterxml.jackson.core.JsonToken.FIELD_NAME;
import static com.fasterxml.jackson.core.JsonToken.START_ARRAY;
import static com.fasterxml.jackson.core.JsonToken.START_OBJECT;
import static com.fasterxml.jackson.core.JsonToken.VALUE_NULL;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Finds every merchant that a text names, in whatever place and spelling another reader might take
 * it from. For those who may speak of some merchants only: they must name no other.
 */
public final class MerchantScan {
  /** As every documented call has it (platform.md#calls). */
  private static final String MEMBER = "merchantId";

  /** What some servers would read as it: they overlook case, hyphens and underscores. */
  private static final Set<String> ALIKE = Set.of("merchantid", "merchantids", "xmerchantid");

  private static final Set<Character> JOINTS = Set.of('.', '[', ']');

  private final Set<String> all = new HashSet<>();
  private String plain;

  private MerchantScan() {}

  /**
   * Whom a text names.
   *
   * @param plain in the place where calls name theirs; null when there is none
   * @param all wherever it is
   */
  public record Named(String plain, Set<String> all) {}

  /** Null and the empty text name no merchant. */
  public static Named body(byte[] body) throws Malformed {
    return StrictJson.read(body, parser -> {
      MerchantScan scan = new MerchantScan();
      scan.object(parser, true);
      return scan.named();
    });
  }

  /** Takes what follows the question mark, null when there is none. */
  public static Named query(String rawQuery) throws Malformed {
    MerchantScan scan = new MerchantScan();
    QueryScan.parameters(rawQuery, (name, value) -> {
      if (isMerchant(name)) {
        scan.add(name, value, true);
      }
      scan.behindSemicolons(name + "=" + value);
    });
    return scan.named();
  }

  /** Whom a body names to a server that takes it for a form, whatever else it is. */
  public static Set<String> form(byte[] body) {
    MerchantScan scan = new MerchantScan();
    for (String parameter : new String(body, StandardCharsets.UTF_8).split("&")) {
      scan.behindSemicolons(";" + parameter);
    }
    return scan.all;
  }

  /** Where some servers begin another parameter. */
  private void behindSemicolons(String parameters) {
    String[] parts = parameters.split(";");
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals >= 0 && isMerchant(decoded(parts[i].substring(0, equals)))) {
        add("", decoded(parts[i].substring(equals + 1)), false);
      }
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException plain) {
      return text;
    }
  }

  /** True for a member name that some parsers read as the merchant's. */
  public static boolean isMerchant(String name) {
    return name.equals(MEMBER)
        || name.length() >= MEMBER.length() && ALIKE.contains(lastLetters(name));
  }

  /** The letters of {@code merchantId} in {@code filter[merchant_id][]}. */
  private static String lastLetters(String name) {
    StringBuilder letters = new StringBuilder();
    boolean ended = false;
    for (int i = 0; i < name.length(); i++) {
      char sign = name.charAt(i);
      ended |= JOINTS.contains(sign);
      if (Character.isLetter(sign)) {
        letters.setLength(ended ? 0 : letters.length());
        letters.append(sign);
        ended = false;
      }
    }
    return letters.toString().toLowerCase(Locale.ROOT);
  }

  private Named named() {
    return new Named(plain, all);
  }

  private void add(String name, String value, boolean outermost) {
    if (!value.isEmpty()) {
      all.add(value);
      plain = outermost && name.equals(MEMBER) ? value : plain;
    }
  }

  private void object(JsonParser parser, boolean outermost) throws IOException, Malformed {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      if (isMerchant(name) && value.isScalarValue()) {
        add(name, value == VALUE_NULL ? "" : parser.getText(), outermost);
      } else {
        value(parser, value, isMerchant(name));
      }
    }
  }

  private void value(JsonParser parser, JsonToken value, boolean merchants)
      throws IOException, Malformed {
    if (value == START_OBJECT && merchants) {
      throw JsonErrors.wrongType(parser, MEMBER, "text");
    } else if (value == START_OBJECT) {
      object(parser, false);
    } else if (value == START_ARRAY) {
      for (JsonToken each = parser.nextToken(); each != END_ARRAY; each = parser.nextToken()) {
        value(parser, each, merchants);
      }
    } else if (merchants && value != VALUE_NULL && value != FIELD_NAME) {
      add("", parser.getText(), false);
    }
  }
}
