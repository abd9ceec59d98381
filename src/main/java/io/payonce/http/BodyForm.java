package io.payonce.http;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks the form that a body claims to have: only UTF-8 JSON as it stands is understood. */
final class BodyForm {
  private static final Pattern CHARSET =
      Pattern.compile("(?i)(?:^|;)\\s*charset\\s*=\\s*[\"']?([^\"';\\s]*)");

  private BodyForm() {}

  /** What a caller must change; null when nothing. */
  static String fault(MultiMap headers) {
    for (String coding : headers.getAll("Content-Encoding")) {
      if (!coding.isBlank() && !coding.strip().equalsIgnoreCase("identity")) {
        return "Content-Encoding is not supported here: send the body as it is";
      }
    }
    List<String> types = headers.getAll("Content-Type");
    if (types.size() > 1) {
      return "there are several Content-Types";
    }
    return types.isEmpty() || isUtf8(types.get(0)) ? null : "the body must be UTF-8, and say so";
  }

  private static boolean isUtf8(String type) {
    if (type.equals("application/json")) { // nearly always
      return true;
    }
    Matcher charset = CHARSET.matcher(type);
    while (charset.find()) {
      String name = charset.group(1);
      if (!name.equalsIgnoreCase("utf-8") && !name.equalsIgnoreCase("utf8")) {
        return false;
      }
    }
    return true;
  }
}
