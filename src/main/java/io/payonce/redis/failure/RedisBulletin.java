package io.payonce.redis.failure;

import io.payonce.redis.failure.RedisFailure.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what is wrong with Redis now, as all event loops of this program see it: the one place where
 * it is said, each word once when it comes and once when it has gone. Thread-safe.
 */
public final class RedisBulletin {
  private static final Logger LOG = LoggerFactory.getLogger(RedisBulletin.class);

  /**
   * An error word is over when all that we do was tried and went well, and it was not met for so
   * long. At half, a word that comes and goes is said twelve times a minute; at double, what is
   * over is shown for longer.
   */
  private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Consumer<String> counter;
  private final LongSupplier nanos;
  private final Map<String, Way> ways = new TreeMap<>();
  private final Map<String, Answer> answers = new TreeMap<>();

  /** @param counter is given each word as often as it is met, other than by calls */
  public RedisBulletin(Consumer<String> counter, LongSupplier nanos) {
    this.counter = counter;
    this.nanos = nanos;
  }

  /** For whoever needs none. */
  public static RedisBulletin unread() {
    return new RedisBulletin(word -> {}, System::nanoTime);
  }

  /**
   * One thing that is wrong.
   *
   * @param part the server, or what leads to it; empty when it is said of all
   * @param unavailable whether it is the connection that is missing
   */
  public record Line(String part, String word, String text, boolean unavailable) {
    @Override
    public String toString() {
      return (part.isEmpty() ? "" : part + ": ") + word + ": " + text;
    }
  }

  /** The connections to one part: who has none, and why. */
  private static final class Way {
    private final Map<Object, ConnectionFailure> without = new HashMap<>();
    /** In this outage: an address may fail in two ways by turns. */
    private final Set<ConnectionFailure> shown = new HashSet<>();
  }

  /** An error word that a call was answered with. */
  private static final class Answer {
    private String part;
    private String text;
    private long metNanos;
  }

  /**
   * An attempt to connect to a part failed.
   *
   * @param isNews whether operators are to be notified
   */
  public synchronized void unreachable(
      String part, Object who, ConnectionFailure why, boolean isNews) {
    counter.accept(why.word());
    Way way = ways.computeIfAbsent(part, first -> new Way());
    way.without.put(who, why);
    if (isNews && way.shown.add(why)) {
      LOG.warn("Redis {}: cannot connect ({}), trying on", part, why);
    }
  }

  /** A connection that had worked was lost. */
  public synchronized void lost(String part, Object who) {
    Way way = ways.computeIfAbsent(part, first -> new Way());
    ConnectionFailure lost = ConnectionFailure.of("LOST");
    way.without.put(who, lost);
    if (way.shown.isEmpty()) {
      way.shown.add(lost);
      LOG.warn("Redis {}: connection lost, dialling again", part);
    }
  }

  public synchronized void connected(String part, Object who) {
    Way way = ways.get(part);
    if (way != null && way.without.remove(who) != null && way.without.isEmpty()) {
      ways.remove(part);
      if (!way.shown.isEmpty()) {
        LOG.info("Redis {}: connected", part);
      }
    }
  }

  /** That part is needed no longer. */
  public synchronized void unneeded(String part, Object who) {
    Way way = ways.get(part);
    if (way != null && way.without.remove(who) != null && way.without.isEmpty()) {
      ways.remove(part);
    }
  }

  /** A call has failed; that it had no connection is said where one is missed. */
  public void met(RedisFailure failure) {
    if (failure.reason() != Reason.NOT_CONNECTED && failure.reason() != Reason.LOST) {
      met(failure.at(), failure.label(), ErrorMeaning.of(failure.label()));
    }
  }

  /** Something was tried, and this is what was said of it. */
  public void tried(String part, String word, String text) {
    counter.accept(word);
    met(part, word, text);
  }

  private synchronized void met(String part, String word, String text) {
    Answer answer = answers.computeIfAbsent(word, first -> new Answer());
    boolean isNew = answer.text == null;
    answer.part = part.isEmpty() && !isNew ? answer.part : part;
    answer.metNanos = nanos.getAsLong();
    // What was found by trying says more than what a call met.
    answer.text = isNew || text.length() > answer.text.length() ? text : answer.text;
    if (isNew) {
      LOG.warn("Redis{}{} answers {}: {}", part.isEmpty() ? "" : " ", part, word, text);
    }
  }

  /**
   * All that we do was tried, beginning at that time, and went well.
   *
   * @param untried servers that were away: of their words nothing is known
   */
  public synchronized void allWell(long sinceNanos, Set<String> untried) {
    Set<String> over = new HashSet<>();
    answers.forEach((word, answer) -> {
      if (sinceNanos - answer.metNanos > CALM_NANOS && !untried.contains(answer.part)) {
        over.add(word);
      }
    });
    for (String word : over) {
      answers.remove(word);
      LOG.info("Redis answers {} no longer", word);
    }
  }

  /** Whether any call was answered with an error that is not known to be over. */
  public synchronized boolean hasAnswers() {
    return !answers.isEmpty();
  }

  /** What is wrong: missing connections first. */
  public synchronized List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    ways.forEach((part, way) -> way.without.values().stream()
        .max(Comparator.comparing(why -> !why.word().equals("LOST")))
        .ifPresent(why -> lines.add(new Line(part, why.word(), why.text(), true))));
    answers.forEach((word, answer) -> lines.add(new Line(answer.part, word, answer.text, false)));
    return lines;
  }

  /** The first word of what is wrong; empty when nothing is. */
  public String word() {
    List<Line> lines = lines();
    return lines.isEmpty() ? "" : lines.get(0).word();
  }
}
