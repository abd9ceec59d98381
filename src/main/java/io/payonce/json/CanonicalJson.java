package io.payonce.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;

/**
 * Writes what a request says, whichever way it came: members by their names' order, no white space,
 * no escapes, numbers by their value, null as if it were not there. Left out is what wallets and
 * shops make afresh at each press of a button, though it is the same payment. Filled while the
 * request is read, without a tree; one for each event loop, not thread-safe.
 *
 * <p>Texts end with a byte that UTF-8 never has, so no two requests have the same form.
 */
final class CanonicalJson {
  /** Takes nothing, and skips the values that are not compared. */
  static final CanonicalJson NONE = new CanonicalJson(0);

  private static final byte END = (byte) 0xFF;

  /** Most bodies; longer ones make it grow once. */
  private static final int USUAL_BYTES = 2048;

  /** A larger form is not kept for the next request: one large body must not stay for ever. */
  private static final int MOST_KEPT_BYTES = 65_536;

  /** Objects of more members are sorted by a way that needs objects, but not square time. */
  private static final int FEW = 32;

  private byte[] form;
  private int size;
  private byte[] spare = new byte[0];

  /** Where the members of all open objects begin, and after each object where its own begin. */
  private int[] begins = new int[64];

  private int top;

  /** Where the name of the member just begun ends. */
  private int named;

  /** How deep we are in a member that is left out. */
  private int muted;

  CanonicalJson() {
    this(USUAL_BYTES);
  }

  private CanonicalJson(int bytes) {
    this.form = new byte[bytes];
  }

  /** Forgets the former request. */
  void start() {
    if (form.length > MOST_KEPT_BYTES) {
      form = new byte[USUAL_BYTES];
      spare = new byte[0];
    }
    size = 0;
    top = 0;
    muted = 0;
  }

  byte[] form() {
    return form;
  }

  int size() {
    return size;
  }

  /** Whether the member differs from one press of the button to the next. */
  static boolean isOfThePress(String name, boolean outermost) {
    return switch (name) {
      case "timeExpire", "attach", "description", "notifyUrl" -> outermost;
      default -> isSecret(name);
    };
  }

  private boolean isSilent() {
    return muted > 0 || this == NONE;
  }

  /** Tokens and encrypted card data, however the wallet calls them, and at any depth. */
  private static boolean isSecret(String name) {
    return name.endsWith("oken") || name.contains("ncrypted") || name.contains("ryptogram");
  }

  /** An object begins; returns what {@link #endObject} needs. */
  int object() {
    if (isSilent()) {
      return 0;
    }
    put((byte) '{');
    return top;
  }

  /**
   * A member begins, before its value.
   *
   * @param compared false where it is left out
   */
  void member(String name, boolean compared) {
    if (this == NONE) {
      return;
    }
    if (muted > 0 || !compared) {
      muted++;
      return;
    }
    if (top == begins.length) {
      begins = Arrays.copyOf(begins, 2 * top);
    }
    begins[top++] = size;
    for (int i = 0; i < name.length(); i++) {
      i += sign(name.charAt(i), i + 1 < name.length() ? name.charAt(i + 1) : 0);
    }
    put(END);
    named = size;
  }

  /** The member's value has ended; where nothing came it was null, and is as if not there. */
  void endMember() {
    if (muted > 0) {
      muted--;
    } else if (this != NONE && size == named) {
      size = begins[--top];
      named = -1;
    }
  }

  void endObject(int first) {
    if (isSilent()) {
      return;
    }
    sort(first);
    top = first;
    put((byte) '}');
  }

  /** The value at which the parser stands, with all that is in it; ends at its last token. */
  void value(JsonParser parser) throws IOException {
    if (isSilent()) {
      parser.skipChildren();
      return;
    }
    switch (parser.currentToken()) {
      case START_OBJECT -> members(parser);
      case START_ARRAY -> elements(parser);
      case VALUE_STRING ->
        text(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
        number(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
      case VALUE_TRUE -> put((byte) 't');
      case VALUE_FALSE -> put((byte) 'f');
      default -> {} // null
    }
  }

  /** A whole number, however it was written. */
  void whole(long number) {
    if (!isSilent()) {
      char[] digits = Long.toString(number).toCharArray();
      number(digits, 0, digits.length);
    }
  }

  private void members(JsonParser parser) throws IOException {
    int first = object();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      member(name, !isOfThePress(name, false));
      value(parser);
      endMember();
    }
    endObject(first);
  }

  private void elements(JsonParser parser) throws IOException {
    put((byte) '[');
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      put((byte) ','); // a null in a list has its place
      value(parser);
    }
    put((byte) ']');
  }

  private void text(char[] text, int from, int length) {
    put((byte) '"');
    for (int i = from; i < from + length; i++) {
      i += sign(text[i], i + 1 < from + length ? text[i + 1] : 0);
    }
    put(END);
  }

  /** UTF-8, a lone surrogate as if it were a character; returns how many chars more it took. */
  private int sign(char one, char next) {
    if (one < 0x80) {
      put((byte) one);
      return 0;
    }
    if (Character.isSurrogatePair(one, next)) {
      int point = Character.toCodePoint(one, next);
      put((byte) (0xF0 | point >> 18));
      put((byte) (0x80 | point >> 12 & 0x3F));
      put((byte) (0x80 | point >> 6 & 0x3F));
      put((byte) (0x80 | point & 0x3F));
      return 1;
    }
    if (one < 0x800) {
      put((byte) (0xC0 | one >> 6));
    } else {
      put((byte) (0xE0 | one >> 12));
      put((byte) (0x80 | one >> 6 & 0x3F));
    }
    put((byte) (0x80 | one & 0x3F));
    return 0;
  }

  /** Digits without zeros at either end, and the power of ten that stands behind them. */
  private void number(char[] text, int from, int length) {
    put((byte) '#');
    int sign = size;
    long power = 0;
    boolean fraction = false;
    int at = from;
    for (; at < from + length && (text[at] | 0x20) != 'e'; at++) {
      char one = text[at];
      if (one == '-') {
        put((byte) one);
      } else if (one == '.') {
        fraction = true;
      } else {
        power -= fraction ? 1 : 0;
        if (one != '0' || size > sign && form[size - 1] != '-') {
          put((byte) one);
        }
      }
    }
    while (size > sign && form[size - 1] == '0') {
      size--;
      power++;
    }
    if (size == sign || form[size - 1] == '-') {
      size = sign; // zero, whatever its sign and power
    } else {
      power(text, at, from + length, power);
    }
    put(END);
  }

  private void power(char[] text, int at, int end, long power) {
    int first = at + 1;
    boolean minus = first < end && text[first] == '-';
    while (first < end && (text[first] < '1' || text[first] > '9')) {
      first++;
    }
    put((byte) 'e');
    if (end - first > 15) { // no amount of money has such a power: as it is written
      put((byte) (minus ? '-' : '+'));
      for (int i = first; i < end; i++) {
        put((byte) text[i]);
      }
      return;
    }
    long given = first < end ? Long.parseLong(new String(text, first, end - first)) : 0;
    String all = Long.toString(power + (minus ? -given : given));
    for (int i = 0; i < all.length(); i++) {
      put((byte) all.charAt(i));
    }
  }

  private void put(byte one) {
    if (size == form.length) {
      form = Arrays.copyOf(form, Math.max(64, 2 * size));
    }
    form[size++] = one;
  }

  /** Puts the members from {@code first} on, the last of which ends here, into their order. */
  private void sort(int first) {
    int count = top - first;
    boolean sorted = true;
    for (int i = first + 1; sorted && i < top; i++) {
      sorted = compare(begins[i - 1], begins[i]) < 0;
    }
    if (sorted) {
      return;
    }
    int start = begins[first];
    int[] ends = ends(first, count);
    int[] order = count <= FEW ? fewInOrder(first, count) : manyInOrder(first, count);
    if (spare.length < size - start) {
      spare = new byte[form.length];
    }
    int to = 0;
    for (int member : order) {
      int length = ends[member] - begins[first + member];
      System.arraycopy(form, begins[first + member], spare, to, length);
      to += length;
    }
    System.arraycopy(spare, 0, form, start, to);
  }

  private int[] ends(int first, int count) {
    int[] ends = new int[count];
    for (int i = 0; i < count; i++) {
      ends[i] = i + 1 < count ? begins[first + i + 1] : size;
    }
    return ends;
  }

  private int[] fewInOrder(int first, int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int to = i;
      for (; to > 0 && compare(begins[first + order[to - 1]], begins[first + i]) > 0; to--) {
        order[to] = order[to - 1];
      }
      order[to] = i;
    }
    return order;
  }

  private int[] manyInOrder(int first, int count) {
    Integer[] order = new Integer[count];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> compare(begins[first + a], begins[first + b]));
    return Arrays.stream(order).mapToInt(i -> i).toArray();
  }

  /** By the bytes of their names; no two are the same. */
  private int compare(int one, int other) {
    int at = 0;
    while (form[one + at] == form[other + at] && form[one + at] != END) {
      at++;
    }
    int left = form[one + at] == END ? -1 : form[one + at] & 0xFF;
    int right = form[other + at] == END ? -1 : form[other + at] & 0xFF;
    return Integer.compare(left, right);
  }
}
