package io.payonce.admin;

import io.payonce.flow.operator.ResolveRequest;
import io.payonce.model.PaymentId;
import io.payonce.recovery.Resolution.Verdict;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The body of an operator's decision: {@code {"as":"paid","note":"…","force":true}}. */
final class ResolveBody {
  static final int NOTE_CHARS = 200;

  private static final Set<String> KNOWN =
      Set.of("as", "note", "force", "order", "appId", "platform");

  private static final Pattern DIGITS = Pattern.compile("\\d+");

  /** Groups of two digits would be dates and times, and no card begins like a year. */
  private static final Pattern APART =
      Pattern.compile("(?!19|20)\\d{3,}(?:[^\\p{L}\\d]{1,2}\\d{3,})+");

  private static final int MOST_GROUPS = 5;

  private ResolveBody() {}

  /** Throws {@link IllegalArgumentException} with what is wrong, for the operator to read. */
  static ResolveRequest read(PaymentId id, Buffer body, String by, String traceId) {
    JsonObject json = parse(body);
    for (String name : json.fieldNames()) {
      require(
          KNOWN.contains(name),
          "a field that is not known; known are as, note, force, order, appId and platform");
    }
    Verdict word = word(json.getValue("as"));
    return new ResolveRequest(
        id,
        new ResolveRequest.Decision(word, force(json.getValue("force")), note(json), by, traceId),
        new ResolveRequest.Hints(text(json, "order"), text(json, "appId"), text(json, "platform")));
  }

  private static JsonObject parse(Buffer body) {
    try {
      return body.toJsonObject();
    } catch (DecodeException | ClassCastException e) {
      throw new IllegalArgumentException("the body must be a JSON object");
    }
  }

  private static Verdict word(Object as) {
    require("paid".equals(as) || "unpaid".equals(as), "\"as\" must be \"paid\" or \"unpaid\"");
    return "paid".equals(as) ? Verdict.PAID : Verdict.UNPAID;
  }

  private static String note(JsonObject json) {
    Object note = json.getValue("note");
    require(note instanceof String, "\"note\" must say why: who knows it, and from where");
    String clean = clean((String) note);
    require(!clean.isEmpty(), "\"note\" must say why: who knows it, and from where");
    require(clean.length() <= NOTE_CHARS, "\"note\" is longer than " + NOTE_CHARS + " characters");
    return clean;
  }

  /** Null when it is not there. */
  private static String text(JsonObject json, String name) {
    Object text = json.getValue(name);
    require(text == null || text instanceof String, '"' + name + "\" must be text");
    return text == null || ((String) text).isBlank() ? null : (String) text;
  }

  private static boolean force(Object force) {
    require(force == null || force instanceof Boolean, "\"force\" must be true or false");
    return Boolean.TRUE.equals(force);
  }

  /** One line, no invisible signs, and nothing that could be a card's number. */
  static String clean(String note) {
    String line = note.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+", " ")
        .replaceAll("\\d(?:[ -]?\\d){8,14}(?=[ -]?\\d{4}(?!\\d))", "…");
    return maskApart(line).strip();
  }

  /** Lists of numbers look like this too, so here the check digit must fit. */
  private static String maskApart(String line) {
    List<MatchResult> groups = DIGITS.matcher(line).results().toList();
    StringBuilder masked = new StringBuilder(line);
    int free = groups.size();
    for (int first = free - 2; first >= 0; first--) {
      for (int last = first + 1; last < Math.min(free, first + MOST_GROUPS); last++) {
        int from = groups.get(first).start();
        int to = groups.get(last).end();
        if (isCardApart(line.substring(from, to))) {
          masked.replace(from, to - 4, "…");
          free = first;
        }
      }
    }
    return masked.toString();
  }

  private static boolean isCardApart(String written) {
    String digits = written.replaceAll("\\D", "");
    return digits.length() >= 13
        && digits.length() <= 19
        && APART.matcher(written).matches()
        && hasCheckDigit(digits);
  }

  /** Luhn's. */
  private static boolean hasCheckDigit(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      sum += i % 2 == 0 ? digit : 2 * digit / 10 + 2 * digit % 10;
    }
    return sum % 10 == 0;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
