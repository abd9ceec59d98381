package io.payonce.redis.failure;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says why a command has no answer, and whether it may have run all the same. Its message never
 * holds an argument of the command: arguments are keys and payments.
 */
public final class RedisFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Fates of a command; {@code mayHaveRun} is its default, the safe one. */
  public enum Reason {
    /** No usable connection: the command was never written. */
    NOT_CONNECTED("NOT_CONNECTED", false),
    /** Too many commands in flight on the connection already: never written. */
    OVERLOADED("OVERLOADED", false),
    /** Redis answered with an error that proves that nothing was done. */
    REFUSED("REFUSED", false),
    /** Redis answered with another error: a script may have written before it failed. */
    ERROR("ERROR", true),
    /** The command ran, but fewer replicas than asked for have said so in time. */
    NOT_REPLICATED("NOT_REPLICATED", true),
    /** No answer in time. */
    TIMEOUT("TIMEOUT", true),
    /** The connection ended before the answer came. */
    LOST("LOST", true);

    private final String word;
    private final boolean mayHaveRun;

    Reason(String word, boolean mayHaveRun) {
      this.word = word;
      this.mayHaveRun = mayHaveRun;
    }
  }

  private final Reason reason;
  private final String word;
  private final transient Redirect redirect;
  private final transient ConnectionFailure ailment;
  private final String at;

  private RedisFailure(
      Reason reason,
      String word,
      Redirect redirect,
      ConnectionFailure ailment,
      String at,
      String message) {
    super(message, null, false, false);
    this.reason = reason;
    this.word = word;
    this.redirect = redirect;
    this.ailment = ailment;
    this.at = at;
  }

  public static RedisFailure of(Reason reason, String message) {
    return new RedisFailure(reason, "", null, null, "", message);
  }

  public static RedisFailure answered(
      Reason reason, String word, Redirect redirect, String message) {
    return new RedisFailure(reason, word, redirect, null, "", message);
  }

  /** What was not written, because there is no connection. */
  public static RedisFailure without(ConnectionFailure ailment, String message) {
    return new RedisFailure(Reason.NOT_CONNECTED, "", null, ailment, "", message);
  }

  /** The same, of a call to that server. */
  public RedisFailure at(String server) {
    return new RedisFailure(reason, word, redirect, ailment, server, getMessage());
  }

  public Reason reason() {
    return reason;
  }

  /**
   * False only if the command was provably never written, or Redis answered that it did not run.
   */
  public boolean mayHaveRun() {
    return reason.mayHaveRun;
  }

  /** The first word of Redis' error ({@code READONLY}, {@code OOM} …), or an empty string. */
  public String word() {
    return word;
  }

  /** What metrics and pages call it: Redis' word if it said one we know, else the reason. */
  public String label() {
    return word.isEmpty() ? reason.word : RedisAnswers.WORDS.contains(word) ? word : "ERR";
  }

  /** The same, but where there is no connection, the word for why there is none. */
  public String said() {
    return ailment == null ? label() : ailment.word();
  }

  /** Every label there can be, sorted. */
  public static List<String> labels() {
    return ErrorMeaning.words().stream().sorted().toList();
  }

  /** Why there is no connection; null where that is not what failed, or not known. */
  ConnectionFailure ailment() {
    return ailment;
  }

  /** The server that was called, if it was one; else empty. */
  String at() {
    return at;
  }

  /** Where a cluster node sent us instead, or null. */
  public Redirect redirect() {
    return redirect;
  }

  /** A cluster's MOVED or ASK. */
  public record Redirect(boolean ask, String host, int port) {
    private static final Pattern WHERE =
        Pattern.compile("^-?(?:MOVED|ASK) \\d+ (\\S*):(\\d{1,5})(?: .*)?$");

    /** Null for what sends nobody anywhere. */
    static Redirect parse(String word, String error) {
      Matcher where = WHERE.matcher(error);
      return where.matches()
          ? new Redirect(word.equals("ASK"), where.group(1), Integer.parseInt(where.group(2)))
          : null;
    }
  }
}
