package io.payonce.redis;

import io.payonce.redis.failure.ErrorMeaning;
import io.payonce.redis.failure.RedisAnswers;
import io.payonce.redis.failure.RedisFailure;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tries every command that a script can give, on a key of its own: what a user may not do, or Redis
 * will not, shows before a payment meets it half way.
 */
public final class DryRun {
  private static final LuaScript SCRIPT = LuaScript.load(DryRun.class, "dryrun.lua");

  private DryRun() {}

  /**
   * An objection of Redis to commands: an error word, and which they are; none, if it is of all.
   *
   * @param part the server that says so; empty where there is but one
   */
  public record Objection(String part, String word, List<String> commands) {
    public Objection(String word, List<String> commands) {
      this("", word, commands);
    }

    public Objection of(String server) {
      return new Objection(server, word, commands);
    }

    public String text() {
      String meaning = ErrorMeaning.of(word);
      return commands.isEmpty() || !word.equals("NOPERM")
          ? meaning
          : meaning + ": " + String.join(", ", commands);
    }
  }

  /** Fails only where no connection is, or no answer comes. */
  public static Future<List<Objection>> on(RedisLane lane, String scratch) {
    List<String> key = List.of(scratch);
    return lane.eval(SCRIPT, key, CommandRight.trials())
        .map(DryRun::objections)
        .recover(DryRun::objected);
  }

  /** The one command that a known script does not need. */
  public static Future<List<Objection>> bySource(RedisLane lane, String scratch) {
    Request eval = Request.cmd(Command.EVAL)
        .arg("return redis.call('GET', KEYS[1])")
        .arg(1)
        .arg(lane.named(scratch));
    return lane.send(scratch, eval).map(List.<Objection>of()).recover(DryRun::objected);
  }

  /** Whether a key is where it is looked for. */
  public static Future<List<Objection>> finds(RedisLane lane, String key) {
    return lane.send(key, Request.cmd(Command.EXISTS).arg(lane.named(key)))
        .map(List.<Objection>of())
        .recover(DryRun::objected);
  }

  /** Whether replicas can be waited for; none is. */
  public static Future<List<Objection>> waits(RedisLane lane, String key) {
    return lane.send(key, Request.cmd(Command.WAIT).arg(0).arg(1))
        .map(List.<Objection>of())
        .recover(DryRun::objected)
        .map(objections -> objections.stream()
            .map(each -> new Objection(each.word(), List.of(CommandRight.WAIT.name())))
            .toList());
  }

  private static Future<List<Objection>> objected(Throwable failure) {
    return failure instanceof RedisFailure refused && !refused.word().isEmpty()
        ? Future.succeededFuture(List.of(new Objection(refused.label(), List.of())))
        : Future.failedFuture(failure);
  }

  private static List<Objection> objections(Response response) {
    Map<String, List<String>> commands = new LinkedHashMap<>();
    for (int i = 1; i + 1 < response.size(); i += 2) {
      commands
          .computeIfAbsent(
              RedisAnswers.word(response.get(i + 1).toString()), first -> new ArrayList<>())
          .add(response.get(i).toString());
    }
    return commands.entrySet().stream()
        .map(each -> new Objection(each.getKey(), List.copyOf(each.getValue())))
        .toList();
  }
}
