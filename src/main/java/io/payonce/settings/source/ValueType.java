package io.payonce.settings.source;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The shape of a value: how it is shown without its secrets, and whether a file may hold it. */
public enum ValueType {
  TEXT(false, ValueType::withoutLogin),
  NUMBER(false, UnaryOperator.identity()),
  FLAG(false, UnaryOperator.identity()),
  LIST(false, ValueType::withoutLogin),
  FILE(false, UnaryOperator.identity()),
  SECRET(true, value -> Secret.MASK),
  SECRET_LIST(true, value -> Secret.MASK),
  /** Addresses that may carry a password between {@code //} and {@code @}. */
  URI_LIST(true, ValueType::withoutUserInfo);

  public final boolean secret;
  private final UnaryOperator<String> mask;

  ValueType(boolean secret, UnaryOperator<String> mask) {
    this.secret = secret;
    this.mask = mask;
  }

  boolean isList() {
    return this == LIST || this == SECRET_LIST || this == URI_LIST;
  }

  public String shown(String value) {
    return value.isBlank() ? "" : mask.apply(value);
  }

  /** Commas for the environment, line ends for secret files with one entry a line. */
  public static List<String> split(String value) {
    return Arrays.stream(value.split("[,\r\n]"))
        .map(String::trim)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  /**
   * Such values have no secrets, but operators put some there: a proxy's address with its password,
   * as other programs take it, or a key in a query. Cuts generously, for either may hold any sign.
   */
  private static String withoutLogin(String text) {
    int slashes = text.indexOf("//");
    int at = text.lastIndexOf('@');
    int login = slashes < 0 || slashes > at ? 0 : slashes + 2;
    String shown = at < 0 ? text : text.substring(0, login) + Secret.MASK + text.substring(at);
    int query = slashes < 0 ? -1 : shown.indexOf('?', slashes);
    return query < 0 ? shown : shown.substring(0, query + 1) + Secret.MASK;
  }

  private static String withoutUserInfo(String uris) {
    return split(uris).stream().map(ValueType::maskedUri).collect(Collectors.joining(","));
  }

  /** Cuts generously: what does not look like an address may be a password in the wrong place. */
  private static String maskedUri(String uri) {
    int slashes = uri.indexOf("//");
    if (slashes < 0) {
      return Secret.MASK;
    }
    int at = uri.lastIndexOf('@');
    String shown = at < 0 ? uri : uri.substring(0, slashes + 2) + Secret.MASK + uri.substring(at);
    int query = shown.indexOf('?');
    return query < 0 ? shown : shown.substring(0, query + 1) + Secret.MASK;
  }
}
