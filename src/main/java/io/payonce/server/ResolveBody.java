package io.payonce.server;

import io.payonce.flow.Wish;
import io.payonce.model.PaymentId;
import io.payonce.rule.Resolution.Word;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/** The body of a person's decision: {@code {"as":"paid","note":"…","force":true}}. */
final class ResolveBody {
  static final int NOTE_CHARS = 200;

  private static final Set<String> KNOWN = Set.of("as", "note", "force");

  private ResolveBody() {}

  /** Throws {@link IllegalArgumentException} with what is wrong, for the person to read. */
  static Wish read(PaymentId id, Buffer body, String traceId) {
    JsonObject json = parse(body);
    for (String name : json.fieldNames()) {
      require(KNOWN.contains(name), "a field that is not known; known are as, note and force");
    }
    return new Wish(
        id, word(json.getValue("as")), note(json), force(json.getValue("force")), traceId);
  }

  private static JsonObject parse(Buffer body) {
    try {
      return body.toJsonObject();
    } catch (DecodeException | ClassCastException e) {
      throw new IllegalArgumentException("the body must be a JSON object");
    }
  }

  private static Word word(Object as) {
    require("paid".equals(as) || "unpaid".equals(as), "\"as\" must be \"paid\" or \"unpaid\"");
    return "paid".equals(as) ? Word.PAID : Word.UNPAID;
  }

  private static String note(JsonObject json) {
    Object note = json.getValue("note", "");
    require(note instanceof String, "\"note\" must be text");
    String clean = clean((String) note);
    require(clean.length() <= NOTE_CHARS, "\"note\" is longer than " + NOTE_CHARS + " characters");
    return clean;
  }

  private static boolean force(Object force) {
    require(force == null || force instanceof Boolean, "\"force\" must be true or false");
    return Boolean.TRUE.equals(force);
  }

  /** One line, no invisible signs, and nothing that could be a card's number. */
  static String clean(String note) {
    return note.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+", " ")
        .replaceAll("\\d(?:[ -]?\\d){8,14}(?=[ -]?\\d{4}(?!\\d))", "…")
        .strip();
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
