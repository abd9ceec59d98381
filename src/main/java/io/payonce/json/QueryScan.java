package io.payonce.json;

import io.payonce.model.Operation;
import io.payonce.model.RequestFields;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Reads the fields of a GET that Payonce acts on from its query string. No parameter may come
 * twice: the platform and we might pick different ones.
 */
public final class QueryScan {
  private QueryScan() {}

  /**
   * Takes what follows the question mark, null when there is none; an empty value counts as absent.
   */
  public static RequestFields scan(String rawQuery) throws Malformed {
    RequestFieldsBuilder found = new RequestFieldsBuilder(Operation.QUERY);
    parameters(rawQuery, (name, value) -> {
      if (RequestFieldsBuilder.isText(name) && !value.isEmpty()) {
        found.text(name, value);
      }
    });
    return found.fields();
  }

  /** Gives away each parameter's name and value, decoded. */
  static void parameters(String query, BiConsumer<String, String> found) throws Malformed {
    if (query == null || query.isEmpty()) {
      return;
    }
    Set<String> names = new HashSet<>();
    for (int from = 0; from <= query.length(); ) {
      int ampersand = query.indexOf('&', from);
      int end = ampersand < 0 ? query.length() : ampersand;
      if (end > from) {
        parameter(query, from, end, names, found);
      }
      from = end + 1;
    }
  }

  private static void parameter(
      String query, int from, int end, Set<String> names, BiConsumer<String, String> found)
      throws Malformed {
    int equals = query.indexOf('=', from);
    int nameEnd = equals < 0 || equals > end ? end : equals;
    String name = decoded(query, from, nameEnd);
    if (!names.add(name)) {
      throw malformed("a parameter comes twice", from);
    }
    found.accept(name, nameEnd == end ? "" : decoded(query, nameEnd + 1, end));
  }

  private static String decoded(String query, int from, int end) throws Malformed {
    byte[] bytes = new byte[end - from];
    int size = 0;
    for (int i = from; i < end; i++) {
      char sign = query.charAt(i);
      if (sign <= ' ' || sign >= 0x7F) {
        throw malformed("a sign is not percent-encoded", i);
      }
      bytes[size++] = switch (sign) {
        case '+' -> (byte) ' ';
        case '%' -> (byte) (hex(query, i, i + 1, end) << 4 | hex(query, i, i + 2, end));
        default -> (byte) sign;
      };
      i += sign == '%' ? 2 : 0;
    }
    byte[] text = Arrays.copyOf(bytes, size);
    if (Utf8.firstFault(text) >= 0) {
      throw malformed("a percent-encoded text is not UTF-8", from);
    }
    return new String(text, StandardCharsets.UTF_8);
  }

  private static int hex(String query, int percent, int at, int end) throws Malformed {
    int digit = at < end ? Character.digit(query.charAt(at), 16) : -1;
    if (digit < 0 || query.charAt(at) > 'f') {
      throw malformed("a percent sign without two hexadecimal digits", percent);
    }
    return digit;
  }

  private static Malformed malformed(String what, int at) {
    return new Malformed("in the query string " + what + " at character " + at);
  }
}
