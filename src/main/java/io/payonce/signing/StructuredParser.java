package io.payonce.signing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a dictionary of RFC 8941, the form of Signature, Signature-Input and Content-Digest;
 * anything else is refused whole.
 */
final class StructuredParser {
  private static final String KEY_REST = "_-.*";
  private static final String TOKEN_REST = "!#$%&'*+-.^_`|~:/";

  private final String text;
  private int at;

  private StructuredParser(String text) {
    this.text = text;
  }

  /**
   * @throws IllegalArgumentException saying where the text stops being a dictionary, without
   *     quoting it
   */
  static Map<String, StructuredItem> dictionary(List<String> lines) {
    return new StructuredParser(String.join(", ", lines)).dictionary();
  }

  private Map<String, StructuredItem> dictionary() {
    Map<String, StructuredItem> members = new LinkedHashMap<>();
    skip(" ");
    while (at < text.length()) {
      String key = key();
      members.put(key, take('=') ? item() : new StructuredItem(true, params()));
      skip(" \t");
      if (at < text.length()) {
        expect(',');
        skip(" \t");
        require(at < text.length(), "nothing after a comma");
      }
    }
    return members;
  }

  private StructuredItem item() {
    Object value = peek() == '(' ? innerList() : bare();
    return new StructuredItem(value, params());
  }

  private List<StructuredItem> innerList() {
    List<StructuredItem> items = new ArrayList<>();
    expect('(');
    skip(" ");
    while (!take(')')) {
      items.add(new StructuredItem(bare(), params()));
      require(peek() == ' ' || peek() == ')', "no space between the items of a list");
      skip(" ");
    }
    return items;
  }

  private Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    while (take(';')) {
      skip(" ");
      String key = key();
      params.put(key, take('=') ? bare() : Boolean.TRUE);
    }
    return params;
  }

  private Object bare() {
    char c = peek();
    if (c == '"') {
      return string();
    }
    if (c == ':') {
      return bytes();
    }
    if (c == '?') {
      return flag();
    }
    return c == '-' || isDigit(c) ? number() : token();
  }

  private String string() {
    StringBuilder out = new StringBuilder();
    expect('"');
    while (!take('"')) {
      boolean escaped = take('\\');
      char c = next();
      require(c >= ' ' && c <= '~', "a character no string may hold");
      require(!escaped || c == '"' || c == '\\', "an escape that does not exist");
      out.append(c);
    }
    return out.toString();
  }

  private byte[] bytes() {
    expect(':');
    int end = text.indexOf(':', at);
    require(end >= 0, "bytes without an end");
    String base64 = text.substring(at, end);
    at = end + 1;
    return Base64.getDecoder().decode(base64);
  }

  private Boolean flag() {
    expect('?');
    char c = next();
    require(c == '0' || c == '1', "a boolean that is neither");
    return c == '1';
  }

  private Object number() {
    int from = at;
    take('-');
    int whole = digits();
    if (!take('.')) {
      require(whole <= 15, "a number too long");
      return Long.valueOf(text.substring(from, at));
    }
    int fraction = digits();
    require(whole <= 12 && fraction <= 3, "a number too long");
    return new BigDecimal(text.substring(from, at));
  }

  private int digits() {
    int from = at;
    while (isDigit(peek())) {
      at++;
    }
    require(at > from, "a number without digits");
    return at - from;
  }

  private StructuredItem.Token token() {
    int from = at;
    require(isLetter(peek()) || peek() == '*', "no value");
    while (isLetter(peek()) || isDigit(peek()) || isOneOf(peek(), TOKEN_REST)) {
      at++;
    }
    return new StructuredItem.Token(text.substring(from, at));
  }

  private String key() {
    int from = at;
    require(isLower(peek()) || peek() == '*', "no key");
    while (isLower(peek()) || isDigit(peek()) || isOneOf(peek(), KEY_REST)) {
      at++;
    }
    return text.substring(from, at);
  }

  // NUL stands for the end: no rule accepts it.
  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private char next() {
    require(at < text.length(), "an end too early");
    return text.charAt(at++);
  }

  private boolean take(char c) {
    boolean taken = peek() == c;
    at += taken ? 1 : 0;
    return taken;
  }

  private void expect(char c) {
    require(take(c), "something other than " + c);
  }

  private void skip(String blanks) {
    while (isOneOf(peek(), blanks)) {
      at++;
    }
  }

  private void require(boolean holds, String found) {
    if (!holds) {
      throw new IllegalArgumentException("structured field: " + found + " at position " + at);
    }
  }

  private static boolean isOneOf(char c, String set) {
    return set.indexOf(c) >= 0;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isLetter(char c) {
    return isLower(c) || (c >= 'A' && c <= 'Z');
  }
}
