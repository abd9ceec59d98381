package io.payonce.json;

/** Writes text as JSON text. */
final class JsonText {
  private JsonText() {}

  static String quoted(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2);
    quote(json, text);
    return json.toString();
  }

  static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char sign = text.charAt(i);
      if (sign == '"' || sign == '\\') {
        json.append('\\').append(sign);
      } else if (sign < ' ') {
        json.append(String.format("\\u%04x", (int) sign));
      } else {
        json.append(sign);
      }
    }
    json.append('"');
  }
}
