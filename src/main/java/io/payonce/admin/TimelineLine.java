package io.payonce.admin;

import io.payonce.model.TimelineEvent;
import io.payonce.model.TimelineEvent.Field;
import io.payonce.model.TimelineEvent.Kind;
import java.util.regex.Pattern;

/**
 * A line of a timeline, from either form in which it may be stored: fields, or the text of earlier
 * versions, of which only operators' own words are left as they are.
 *
 * @param rule why, null when the line does not say
 * @param sent with it one more send got its intent
 * @param event null for a text
 */
record TimelineLine(
    long atMillis, String what, String rule, Sort sort, boolean sent, TimelineEvent event) {
  private static final String SENT = "; sent";
  private static final String ASKED = "query: ";
  private static final String BEGUN = "begun";

  /** Begins what an operator said, in texts of all versions. */
  private static final Pattern PERSON = Pattern.compile("an? (person|operator) says");

  /** The part of a line in the payment's sends. */
  enum Sort {
    BEGUN,
    /** What became of a send: its answer, or that there was none. */
    ANSWERED,
    UNSENT,
    /** A step without a send: nothing is shown of the one before. */
    STEP,
    PERSON,
    OTHER
  }

  /** A line as the ledger keeps it: time, blank, event. */
  static TimelineLine read(String text) {
    int space = text.indexOf(' ');
    long at = Long.parseLong(text.substring(0, space));
    String line = text.substring(space + 1);
    return TimelineEvent.isEncoded(line) ? of(at, TimelineEvent.decode(line)) : ofText(at, line);
  }

  private static TimelineLine of(long at, TimelineEvent event) {
    String rule = event.get(Field.RULE);
    String why = event.kind() == Kind.PERSON && rule != null ? "refused: " + rule : rule;
    boolean sent = event.kind() == Kind.BEGUN || event.has(Field.SENT);
    return new TimelineLine(at, event.text(), why, sort(event), sent, event);
  }

  private static Sort sort(TimelineEvent event) {
    return switch (event.kind()) {
      case BEGUN -> Sort.BEGUN;
      case PERSON -> Sort.PERSON;
      case TEXT -> Sort.OTHER;
      case DUE -> Sort.STEP;
      case UNSENT -> Sort.UNSENT;
      case ANSWERED, SILENT ->
        TimelineEvent.ASKED.equals(event.get(Field.BY)) ? Sort.STEP : Sort.ANSWERED;
    };
  }

  private static TimelineLine ofText(long at, String text) {
    if (PERSON.matcher(text).lookingAt()) {
      return new TimelineLine(at, text, null, Sort.PERSON, false, null);
    }
    boolean marked = text.endsWith(SENT);
    String line = marked ? text.substring(0, text.length() - SENT.length()) : text;
    int rule = line.indexOf("; ");
    String what = rule < 0 ? line : line.substring(0, rule);
    String because = rule < 0 ? null : line.substring(rule + 2);
    return new TimelineLine(at, what, because, sort(what), marked || what.equals(BEGUN), null);
  }

  private static Sort sort(String what) {
    if (what.equals(BEGUN)) {
      return Sort.BEGUN;
    }
    if (what.startsWith("not sent")) {
      return Sort.UNSENT;
    }
    if (what.startsWith(ASKED) || what.equals("due")) {
      return Sort.STEP;
    }
    return what.startsWith("silence") || what.endsWith(")") ? Sort.ANSWERED : Sort.OTHER;
  }

  boolean isPaid() {
    return event == null ? what.endsWith("(PAID)") : "PAID".equals(event.get(Field.REPORT));
  }

  PaymentView.Entry view() {
    return new PaymentView.Entry(
        PaymentJson.iso(atMillis),
        what,
        rule,
        sort == Sort.PERSON ? field(Field.BY) : null,
        field(Field.NOTE),
        field(Field.TRANSACTION),
        field(Field.TRACE));
  }

  /** Null where the line does not say. */
  String field(Field field) {
    return event == null ? null : event.get(field);
  }
}
