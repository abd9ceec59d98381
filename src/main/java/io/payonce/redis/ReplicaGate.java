package io.payonce.redis;

import io.payonce.redis.failure.RedisFailure;
import io.payonce.redis.failure.RedisFailure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/**
 * Answers a write only when enough replicas have it. Guarantee: at most one WAIT is in flight,
 * because a WAIT blocks its connection.
 *
 * <p>Example: a lone command is followed by its WAIT at once. Ten commands that come meanwhile
 * share the next one. With a WAIT for each, one missing replica would stop the connection for ten
 * waits; so it is one.
 */
final class ReplicaGate {
  private final PipelinedConnection wire;
  private Group current;
  private Group next;

  ReplicaGate(PipelinedConnection wire) {
    this.wire = wire;
  }

  /** How long the WAIT in flight may hold up a command sent now. */
  long blockedMillis() {
    return current == null ? 0 : current.waitMillis;
  }

  Future<Response> send(Buffer command, String what, int replicas, long waitMillis) {
    Future<Response> answer = wire.send(command, what);
    if (answer.failed()) {
      return answer;
    }
    Group group = join(replicas, waitMillis);
    return answer.compose(response -> group
        .acknowledged
        .future()
        .compose(count -> count >= replicas
            ? Future.succeededFuture(response)
            : Future.failedFuture(tooFew(what, count, replicas, group.refused))));
  }

  private Group join(int replicas, long waitMillis) {
    Group group = next == null ? new Group() : next;
    group.replicas = Math.max(group.replicas, replicas);
    // Zero would be for ever.
    group.waitMillis = Math.max(Math.max(1, group.waitMillis), waitMillis);
    if (current == null) {
      ask(group);
    } else {
      next = group;
    }
    return group;
  }

  private void ask(Group group) {
    Request request = Request.cmd(Command.WAIT).arg(group.replicas).arg(group.waitMillis);
    Future<Response> answer = wire.send(request, "WAIT", group.waitMillis);
    current = group;
    answer.onComplete((response, failure) -> {
      current = null;
      askForNext();
      // Whatever became of the WAIT, the command before it has run.
      group.refused = failure instanceof RedisFailure known ? known.word() : "";
      group.acknowledged.complete(failure == null ? response.toInteger() : 0);
    });
  }

  private void askForNext() {
    if (next != null) {
      Group group = next;
      next = null;
      ask(group);
    }
  }

  private static RedisFailure tooFew(String what, int count, int replicas, String refused) {
    return RedisFailure.answered(
        Reason.NOT_REPLICATED,
        refused,
        null,
        what + " ran, but " + count + " of " + replicas + " replicas have said so in time");
  }

  /** The commands that share one WAIT. */
  private static final class Group {
    private final Promise<Integer> acknowledged = Promise.promise();
    private int replicas;
    /** Redis' word where it does not wait at all. */
    private String refused = "";

    private long waitMillis;
  }
}
