package io.payonce.sandbox.script;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the language described in the package comment, by recursive descent over its words. */
final class ScriptParser {

  /** Scripts are written by hand; a longer one is a mistake or an attack on the counter maps. */
  private static final int MAX_STEPS = 1000;

  private static final Pattern WORD = Pattern.compile("[^\\s,]+|,");
  private static final Pattern TIME = Pattern.compile("(\\d{1,7})(ms|s|m)");
  private static final Pattern TIMES = Pattern.compile("([1-9]\\d{0,3})x");
  private static final Pattern CODE = Pattern.compile("(?=.*\\d)(?!0+$)[A-Z0-9]{2,8}");
  private static final Pattern RESULT_CODE = Pattern.compile("[A-Z0-9]{1,8}");

  private static final Map<String, Long> UNIT_MILLIS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L);

  private record Word(String text, int column) {}

  private final String source;
  private final List<Word> words = new ArrayList<>();
  private int next;

  ScriptParser(String source) {
    this.source = source;
    Matcher matcher = WORD.matcher(source);
    while (matcher.find()) {
      words.add(new Word(matcher.group(), matcher.start() + 1));
    }
  }

  FaultScript script() {
    List<Step> steps = new ArrayList<>();
    List<QueryClause> queries = new ArrayList<>();
    List<WebhookStep> webhooks = new ArrayList<>();
    do {
      if (accept("query:")) {
        queries.add(queryClause());
      } else if (accept("webhook:")) {
        webhookClause(webhooks);
      } else {
        sendClause(steps);
      }
    } while (separator());
    return new FaultScript(List.copyOf(steps), List.copyOf(queries), List.copyOf(webhooks));
  }

  private boolean separator() {
    if (atEnd()) {
      return false;
    }
    if (accept(",")) {
      accept("then");
    } else if (!accept("then")) {
      throw unexpected("a comma or \"then\"");
    }
    return true;
  }

  private void sendClause(List<Step> steps) {
    StepDraft draft = parts();
    steps.addAll(Collections.nCopies(times(steps), draft.sendStep()));
  }

  private void webhookClause(List<WebhookStep> steps) {
    WebhookDraft draft = new WebhookDraft(quoted());
    do {
      webhookPart(draft);
      accept("and");
    } while (isMoreOfStep());
    steps.addAll(Collections.nCopies(times(steps), draft.step()));
  }

  private int times(List<?> steps) {
    int times = Math.max(1, acceptTimes());
    if (steps.size() + times > MAX_STEPS) {
      throw new ScriptFault("more than " + MAX_STEPS + " steps in " + quoted());
    }
    return times;
  }

  private QueryClause queryClause() {
    Step step = parts().queryStep();
    int times = acceptTimes();
    return new QueryClause(step, times, times > 0 ? 0 : acceptTime(0));
  }

  private StepDraft parts() {
    StepDraft draft = new StepDraft(quoted());
    do {
      part(draft);
      accept("and");
    } while (isMoreOfStep());
    return draft;
  }

  private boolean isMoreOfStep() {
    return !atEnd() && !isNext(",") && !isNext("then") && !isNextLimit();
  }

  private void webhookPart(WebhookDraft draft) {
    String word = atEnd() ? "" : take();
    switch (word.toLowerCase(Locale.ROOT)) {
      case "ok" -> {}
      case "late" -> draft.late(time());
      case "lost", "twice", "reordered", "forged", "early", "stale", "unsigned", "garbage" ->
        draft.fault(WebhookFault.valueOf(word.toUpperCase(Locale.ROOT)));
      case "wrong" -> {
        follow("order");
        draft.fault(WebhookFault.WRONG_ORDER);
      }
      default -> {
        next -= word.isEmpty() ? 0 : 1;
        throw unexpected("ok, lost, twice, late TIME, reordered, forged, early, stale, unsigned,"
            + " garbage or wrong order");
      }
    }
  }

  private void part(StepDraft draft) {
    if (atEnd()) {
      throw unexpected("a step such as \"E02 after charge\"");
    }
    String word = take();
    switch (word.toLowerCase(Locale.ROOT)) {
      case "ok" -> {}
      case "before", "after" -> {
        follow("charge");
        draft.timing(word.equalsIgnoreCase("before"));
      }
      case "silent", "reset", "cut", "garbage", "empty" ->
        draft.delivery(Delivery.valueOf(word.toUpperCase(Locale.ROOT)));
      case "wrong" -> {
        follow("order");
        draft.delivery(Delivery.WRONG_ORDER);
      }
      case "no" -> {
        follow("status");
        draft.withoutStatus = true;
      }
      case "late" -> {
        follow("charge");
        draft.lateMillis = Math.max(1, time());
      }
      case "slow" -> draft.slowMillis = time();
      case "lag" -> draft.lagMillis = time();
      case "http" -> draft.httpStatus = number(200, 599);
      case "retry-after" -> draft.retryAfterSeconds = number(0, 3600);
      case "decline", "fail", "closed" -> draft.outcome(finalOutcome(word));
      case "pending", "p" -> draft.outcome(waiting(SimStatus.P));
      case "i" -> draft.outcome(waiting(SimStatus.I));
      case "terminal" -> draft.outcome(SimOutcome.terminal(time(), thenFinal()));
      default -> draft.code(code(word));
    }
  }

  private String code(String word) {
    if (!CODE.matcher(word).matches()) {
      next--;
      throw unexpected("a code such as E02, or one of ok, before charge, after charge, silent,"
          + " reset, cut, garbage, empty, wrong order, no status, slow, late charge, lag, http,"
          + " retry-after, decline, fail, closed, pending, I, terminal");
    }
    return word;
  }

  private SimOutcome waiting(SimStatus status) {
    long millis = acceptTime(SimOutcome.FOR_EVER);
    if (millis == SimOutcome.FOR_EVER) {
      return SimOutcome.waiting(status, millis, null);
    }
    return SimOutcome.waiting(status, millis, thenFinal());
  }

  private SimOutcome thenFinal() {
    if (isNext("then")) {
      next++;
      return finalOutcome(atEnd() ? "" : take());
    }
    return SimOutcome.approved();
  }

  private SimOutcome finalOutcome(String word) {
    switch (word.toLowerCase(Locale.ROOT)) {
      case "ok":
        return SimOutcome.approved();
      case "fail":
        return SimOutcome.failed();
      case "closed":
        return SimOutcome.closed();
      case "decline":
        if (!atEnd() && RESULT_CODE.matcher(peek()).matches()) {
          return SimOutcome.declined(take());
        }
        throw unexpected("an issuer's result code such as 051");
      default:
        next -= word.isEmpty() ? 0 : 1;
        throw unexpected("ok, fail, closed or decline CODE");
    }
  }

  private void follow(String word) {
    if (!accept(word)) {
      throw unexpected('"' + word + '"');
    }
  }

  private long time() {
    long millis = acceptTime(-1);
    if (millis < 0) {
      throw unexpected("a time such as 800ms or 2s");
    }
    return millis;
  }

  private long acceptTime(long otherwise) {
    return acceptMatch(TIME)
        .map(found -> Long.parseLong(found.group(1)) * UNIT_MILLIS.get(found.group(2)))
        .orElse(otherwise);
  }

  private int acceptTimes() {
    return acceptMatch(TIMES).map(found -> Integer.parseInt(found.group(1))).orElse(0);
  }

  private int number(int least, int most) {
    if (!atEnd() && peek().matches("\\d{1,4}")) {
      int value = Integer.parseInt(peek());
      if (value >= least && value <= most) {
        next++;
        return value;
      }
    }
    throw unexpected("a number from " + least + " to " + most);
  }

  private boolean isNextLimit() {
    return !atEnd() && (TIMES.matcher(peek()).matches() || TIME.matcher(peek()).matches());
  }

  private Optional<Matcher> acceptMatch(Pattern pattern) {
    if (atEnd()) {
      return Optional.empty();
    }
    Matcher matcher = pattern.matcher(peek());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    next++;
    return Optional.of(matcher);
  }

  private boolean accept(String word) {
    if (!isNext(word)) {
      return false;
    }
    next++;
    return true;
  }

  private boolean isNext(String word) {
    return !atEnd() && peek().equalsIgnoreCase(word);
  }

  private boolean atEnd() {
    return next >= words.size();
  }

  private String peek() {
    return words.get(next).text();
  }

  private String take() {
    return words.get(next++).text();
  }

  private ScriptFault unexpected(String expected) {
    String found =
        atEnd() ? "the end" : '"' + peek() + "\" at column " + words.get(next).column();
    return new ScriptFault(found + " of " + quoted() + ": expected " + expected);
  }

  private String quoted() {
    return '"' + source + '"';
  }
}
