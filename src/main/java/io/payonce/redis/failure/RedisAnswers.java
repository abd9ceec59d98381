package io.payonce.redis.failure;

import io.payonce.redis.failure.RedisFailure.Reason;
import io.payonce.redis.failure.RedisFailure.Redirect;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the errors of Redis and of the client: what they prove, without repeating what they quote.
 */
public final class RedisAnswers {

  /**
   * Errors given before a command is looked at any further; source: processCommand in Redis'
   * server.c.
   */
  private static final Set<String> BEFORE_RUNNING = Set.of(
      "ASK",
      "BUSY",
      "CLUSTERDOWN",
      "CROSSSLOT",
      "LOADING",
      "MASTERDOWN",
      "MISCONF",
      "MOVED",
      "NOAUTH",
      "NOPERM",
      "NOREPLICAS",
      "NOSCRIPT",
      "OOM",
      "READONLY",
      "TRYAGAIN");

  /**
   * At these a script stops at its first write or not at all; source: scriptVerifyOOM and
   * scriptVerifyWriteCommandAllow in script.c, in Redis 6.2 luaRedisGenericCommand in scripting.c
   * (where what they depend on cannot change while a script runs).
   */
  private static final Set<String> BEFORE_FIRST_WRITE =
      Set.of("OOM", "MISCONF", "NOREPLICAS", "READONLY");

  /**
   * How a script learns that its user may not do something (Redis 6.2 and 7.0, then 7.2): what it
   * did before stays done, so it proves nothing.
   */
  private static final Pattern NO_RIGHT =
      Pattern.compile("The user executing the script can't |ACL failure in script: ");

  /** Said before it hangs up; Redis has no word of its own for it. */
  private static final String CROWDED = "MAXCLIENTS";

  /** The error words that metrics and pages keep apart; any other error is ERR. */
  static final Set<String> WORDS = Stream.concat(
          BEFORE_RUNNING.stream(), Stream.of("ERR", "WRONGPASS", "NOPROTO", "DENIED", CROWDED))
      .collect(Collectors.toUnmodifiableSet());

  private static final Pattern WORD = Pattern.compile("^-?([A-Z]{2,20})(?= |$)");
  private static final Pattern CAUGHT =
      Pattern.compile("^(?:@user_script: ?\\d+: )?-?([A-Z]{2,20})(?= |$)");
  private static final Pattern LINE = Pattern.compile("user_script: ?(\\d{1,5})");
  private static final Pattern INNER = Pattern.compile("user_script: ?\\d+: -?([A-Z]{3,20}) ");

  private RedisAnswers() {}

  public static RedisFailure failure(Throwable cause, String what) {
    if (cause instanceof RedisFailure known) {
      return known;
    }
    String text = cause.getMessage() == null ? "" : cause.getMessage();
    if (cause instanceof ErrorType) {
      return text.equals("CONNECTION_CLOSED") ? lost(what) : answered(text, what);
    }
    // The client's own refusals; each is given before anything is written.
    if (text.equals("Connection is closed")) {
      return RedisFailure.of(Reason.NOT_CONNECTED, what + " was not sent: no connection to Redis");
    }
    if (text.equals("Redis waiting queue is full")) {
      return overloaded(what);
    }
    if (text.startsWith("Command is not valid")) {
      return RedisFailure.of(Reason.REFUSED, what + " was not sent: wrong number of arguments");
    }
    return lost(what);
  }

  public static RedisFailure lost(String what) {
    return RedisFailure.of(Reason.LOST, what + ": the connection to Redis ended before the answer");
  }

  public static RedisFailure overloaded(String what) {
    return RedisFailure.of(Reason.OVERLOADED, what + " was not sent: too many commands in flight");
  }

  private static RedisFailure answered(String text, String what) {
    String outer =
        text.startsWith("ERR max number of clients ") ? CROWDED : find(WORD, text, "ERR");
    String inner = find(INNER, text, "");
    // Redis 6.2 wraps what a script ran into, newer ones give it the script's line.
    boolean noRight = NO_RIGHT.matcher(text).find();
    String word = noRight ? "NOPERM" : inner.isEmpty() ? outer : inner;
    boolean insideScript = noRight || text.contains("user_script");
    boolean refused = (insideScript ? BEFORE_FIRST_WRITE : BEFORE_RUNNING).contains(word);
    String line = find(LINE, text, "");
    String message =
        "Redis answered " + word + " to " + what + (line.isEmpty() ? "" : " (line " + line + ")");
    return RedisFailure.answered(
        refused ? Reason.REFUSED : Reason.ERROR, word, Redirect.parse(word, text), message);
  }

  /** The word of an error that a script has caught and handed over. */
  public static String word(String caught) {
    if (NO_RIGHT.matcher(caught).find()) {
      return "NOPERM";
    }
    String word = find(CAUGHT, caught, "ERR");
    return WORDS.contains(word) ? word : "ERR";
  }

  private static String find(Pattern pattern, String text, String otherwise) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : otherwise;
  }
}
