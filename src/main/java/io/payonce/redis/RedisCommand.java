package io.payonce.redis;

import io.payonce.redis.failure.RedisFailure;
import io.payonce.redis.failure.RedisFailure.Reason;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;

/** What is to be done on some node, possibly on another one than the first. */
sealed interface RedisCommand {

  String routingKey();

  /** For messages: the command's or the script's name, nothing of its arguments. */
  String name();

  /** @param asking this once, although the slot is still being moved there (a cluster's ASK) */
  Future<Response> on(PipelinedConnection wire, boolean asking);

  /** One plain command. */
  record Plain(String routingKey, Request request) implements RedisCommand {
    @Override
    public String name() {
      return request.command().toString();
    }

    @Override
    public Future<Response> on(PipelinedConnection wire, boolean asking) {
      if (asking) {
        wire.asking();
      }
      return wire.send(request, name());
    }
  }

  /** A script, acknowledged by replicas if there are to be any. */
  final class Run implements RedisCommand {
    private final LuaScript script;
    private final List<String> keys;
    private final List<?> args;
    private final int replicas;
    private final long waitMillis;
    private final Request bySha1;

    /**
     * @throws IllegalArgumentException without keys, or with an argument of a type we do not send
     */
    Run(LuaScript script, List<String> keys, List<?> args, int replicas, long waitMillis) {
      if (keys.isEmpty()) {
        throw new IllegalArgumentException("a script needs a key: " + script.name());
      }
      this.script = script;
      this.keys = keys;
      this.args = args;
      this.replicas = replicas;
      this.waitMillis = waitMillis;
      this.bySha1 = fill(Request.cmd(Command.EVALSHA).arg(script.sha1()));
    }

    @Override
    public String routingKey() {
      return keys.get(0);
    }

    @Override
    public String name() {
      return script.name();
    }

    @Override
    public Future<Response> on(PipelinedConnection wire, boolean asking) {
      return run(wire, asking, bySha1)
          .recover(failure ->
              isUnknown(failure) ? run(wire, asking, bySource()) : Future.failedFuture(failure));
    }

    private Request bySource() {
      return fill(Request.cmd(Command.EVAL).arg(script.source()));
    }

    private Future<Response> run(PipelinedConnection wire, boolean asking, Request request) {
      if (asking) {
        wire.asking();
      }
      return replicas == 0
          ? wire.send(request, script.name())
          : wire.sendReplicated(request, script.name(), replicas, waitMillis);
    }

    private static boolean isUnknown(Throwable failure) {
      return failure instanceof RedisFailure known
          && known.reason() == Reason.REFUSED
          && known.word().equals("NOSCRIPT");
    }

    private Request fill(Request request) {
      request.arg(keys.size());
      for (String key : keys) {
        request.arg(key);
      }
      for (Object arg : args) {
        add(request, arg);
      }
      return request;
    }

    private static void add(Request request, Object arg) {
      if (arg instanceof String text) {
        request.arg(text);
      } else if (arg instanceof Long || arg instanceof Integer) {
        request.arg(((Number) arg).longValue());
      } else if (arg instanceof byte[] bytes) {
        request.arg(bytes);
      } else if (arg instanceof Buffer buffer) {
        request.arg(buffer);
      } else {
        throw new IllegalArgumentException(
            "a script's argument is a String, Long, Integer, byte[] or Buffer, not "
                + (arg == null ? "null" : arg.getClass().getName()));
      }
    }
  }
}
