package io.payonce.flow.engine;

import io.payonce.codes.Code;
import io.payonce.codes.Report;
import io.payonce.model.Amount;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.TimelineEvent;
import io.payonce.model.TimelineEvent.Field;
import io.payonce.model.TimelineEvent.Kind;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the events of a payment's timeline: never a body, a key or card data. */
public final class TimelineWords {
  /** How it was learnt: by asking. */
  public static final String ASKED = TimelineEvent.ASKED;

  /** By the platform's own message. */
  public static final String NOTIFIED = "notification";

  /** By a question of a caller. */
  public static final String CALLERS = "a caller's query";

  /** No prefix: the event is the answer to a send. */
  static final String ANSWERED = "";

  /** So is what has not ended without a payment. */
  private static final Set<String> UNDER_WAY = Stream.of(
          Report.PAID, Report.OTHER_AMOUNT, Report.INITIAL, Report.PROCESSING)
      .map(Report::toString)
      .collect(Collectors.toUnmodifiableSet());

  /** What an operator says who has found that no money moved. */
  private static final String UNPAID = "unpaid";

  private static final int MOST_CHARS = 16;
  private static final int MOST_ID_CHARS = 64;
  private static final Pattern NO_ID = Pattern.compile("[^A-Za-z0-9._:-]");
  private static final Pattern STRANGE = Pattern.compile("[^A-Za-z0-9]");

  private TimelineWords() {}

  /**
   * What was answered, and how it was understood.
   *
   * @param by how it was learnt
   */
  public static TimelineEvent of(String by, Report report, Answer answer, Amount asked) {
    if (answer instanceof Answer.Spoken spoken) {
      return answered(report, spoken.envelope(), asked).with(Field.BY, by);
    }
    if (answer instanceof Answer.Silent silent) {
      return TimelineEvent.of(Kind.SILENT).with(Field.BY, by).with(Field.WHY, silent.why());
    }
    return answer instanceof Answer.Unsent unsent
        ? TimelineEvent.of(Kind.UNSENT).with(Field.BY, by).with(Field.WHY, unsent.why())
        : TimelineEvent.of(Kind.DUE);
  }

  /** A status says more than the code for "no fault" beside it. */
  private static TimelineEvent answered(Report report, Envelope envelope, Amount asked) {
    boolean ok = Code.of(envelope.code()) == Code.OK && envelope.status() != null;
    return TimelineEvent.of(Kind.ANSWERED)
        .with(Field.CODE, ok ? null : clean(envelope.code()))
        .with(
            Field.STATUS,
            envelope.status() == null ? null : "" + envelope.status().letter())
        .with(Field.REPORT, report.toString())
        .with(Field.AMOUNTS, amounts(envelope, asked))
        .with(Field.TRANSACTION, report.isStatus() ? id(envelope.transactionId()) : null)
        .with(Field.TRACE, id(envelope.traceId()));
  }

  /**
   * What the platform last called a transaction that may pay; empty where the last one is none that
   * may, or is not known whole; null where none is known.
   */
  public static String underWay(String timeline) {
    String name = null;
    for (String line : timeline.split("\n")) {
      String said = line.substring(line.indexOf(' ') + 1);
      TimelineEvent event =
          TimelineEvent.isEncoded(said) ? TimelineEvent.decode(said) : TimelineEvent.of(Kind.DUE);
      if (event.kind() == Kind.BEGUN) {
        name = null; // what came before was another life of the id
      } else if (event.has(Field.STATUS)) {
        name = isUnderWay(event) ? event.get(Field.TRANSACTION) : "";
      }
    }
    return name;
  }

  /**
   * How many sends have left, in this life of the id and in those before it. Each leaves a line
   * when it is answered, or given up.
   */
  public static int sends(String timeline) {
    int sends = 0;
    for (TimelineEvent event : events(timeline)) {
      boolean answered = event.kind() == Kind.ANSWERED || event.kind() == Kind.SILENT;
      sends += answered && !event.has(Field.BY) ? 1 : 0;
    }
    return sends;
  }

  /**
   * Whether the platform has shown a payment as paid that had ended otherwise, and no operator has
   * decided that it is not.
   */
  public static boolean isPaidSince(String timeline) {
    boolean paid = false;
    for (TimelineEvent event : events(timeline)) {
      paid = switch (event.kind()) {
        case BEGUN -> false;
        case ANSWERED -> paid || Report.PAID.toString().equals(event.get(Field.REPORT));
        case PERSON -> paid && (event.has(Field.RULE) || !UNPAID.equals(event.get(Field.SAYS)));
        case SILENT, UNSENT, DUE, TEXT -> paid;
      };
    }
    return paid;
  }

  private static List<TimelineEvent> events(String timeline) {
    return timeline
        .lines()
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .filter(TimelineEvent::isEncoded)
        .map(TimelineEvent::decode)
        .toList();
  }

  private static boolean isUnderWay(TimelineEvent event) {
    return event.has(Field.TRANSACTION)
        && UNDER_WAY.contains(event.fields().getOrDefault(Field.REPORT, ""))
        && event.has(Field.RULE) // else the line may have been cut off within it
        && event.get(Field.TRANSACTION).length() < MOST_ID_CHARS
        && event.get(Field.TRANSACTION).indexOf('?') < 0;
  }

  /** Others' text, too: what an id can be made of, and no longer than ids are. */
  public static String id(String given) {
    if (given == null) {
      return null;
    }
    String id = given.substring(0, Math.min(given.length(), MOST_ID_CHARS));
    return isId(id) ? id : NO_ID.matcher(id).replaceAll("?");
  }

  /** Nearly all are, and then no pattern need be tried. */
  private static boolean isId(String given) {
    for (int i = 0; i < given.length(); i++) {
      char c = given.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (!letter && "._:-".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Both, where they differ. */
  private static String amounts(Envelope envelope, Amount asked) {
    return envelope.status() == null || envelope.amount().agreesWith(asked)
        ? null
        : said(envelope.amount()) + " instead of " + asked;
  }

  /** An amount is the platform's text, too. */
  public static String said(Amount amount) {
    return new Amount(
            amount.orderAmount(),
            amount.currency() == null ? null : clean(amount.currency()),
            amount.transAmount())
        .toString();
  }

  /**
   * What moved, and as what where that is another transaction than the one asked about: it was
   * charged under an id that had failed before.
   */
  public static String moved(Envelope said, String platformId) {
    String named = said.transactionRequestId();
    String transaction = said.transactionId() == null ? named : said.transactionId();
    return named == null || named.equals(platformId)
        ? said(said.amount())
        : said(said.amount()) + " as " + id(transaction);
  }

  /** What moved once more, of what is paid, and as which transaction. */
  public static String again(Envelope said) {
    return said(said.amount()) + " as " + id(said.transactionId());
  }

  /** A code is the platform's text: keep what a code can be made of. */
  private static String clean(String code) {
    String kept = code.substring(0, Math.min(code.length(), MOST_CHARS));
    return STRANGE.matcher(kept).replaceAll("?");
  }
}
