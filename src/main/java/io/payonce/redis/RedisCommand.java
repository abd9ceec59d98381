package io.payonce.redis;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.payonce.redis.failure.RedisFailure;
import io.payonce.redis.failure.RedisFailure.Reason;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;

/** A command for some node, possibly on another one than the first. */
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
    /** Carriage return and line feed. */
    private static final int END = '\r' << 8 | '\n';

    /** What stands before and behind an argument of less than a thousand bytes; others are rare. */
    private static final int HEAD_CHARS = 8;

    private static final int NUMBER_CHARS = 20;

    private final LuaScript script;
    private final List<String> keys;
    private final List<?> args;
    private final int replicas;
    private final long waitMillis;
    private final Buffer bySha1;

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
      this.bySha1 = written("EVALSHA", script.sha1());
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

    private Buffer bySource() {
      return written("EVAL", script.source());
    }

    private Future<Response> run(PipelinedConnection wire, boolean asking, Buffer command) {
      if (asking) {
        wire.asking();
      }
      return replicas == 0
          ? wire.send(command, script.name())
          : wire.sendReplicated(command, script.name(), replicas, waitMillis);
    }

    private static boolean isUnknown(Throwable failure) {
      return failure instanceof RedisFailure known
          && known.reason() == Reason.REFUSED
          && known.word().equals("NOSCRIPT");
    }

    /** As Redis reads it. The client's own form is an array an argument, and copied as it grows. */
    private Buffer written(String command, String scriptName) {
      List<?> begin = List.of(command, scriptName, keys.size());
      int parts = begin.size() + keys.size() + args.size();
      int chars = length(begin) + length(keys) + length(args);
      ByteBuf bytes = Unpooled.buffer(HEAD_CHARS * (1 + parts) + chars);
      head(bytes, '*', parts);
      add(bytes, begin);
      add(bytes, keys);
      add(bytes, args);
      return BufferInternal.buffer(bytes);
    }

    private static int length(List<?> parts) {
      int chars = 0;
      for (Object part : parts) {
        chars += length(part);
      }
      return chars;
    }

    private static void add(ByteBuf command, List<?> parts) {
      for (Object part : parts) {
        add(command, part);
      }
    }

    /** Of a text, in letters. */
    private static int length(Object part) {
      return part instanceof String text
          ? text.length()
          : part instanceof byte[] bytes ? bytes.length : NUMBER_CHARS;
    }

    private static void add(ByteBuf command, Object part) {
      if (part instanceof String text) {
        head(command, '$', ByteBufUtil.utf8Bytes(text));
        ByteBufUtil.writeUtf8(command, text);
      } else if (part instanceof Long || part instanceof Integer) {
        String number = part.toString();
        head(command, '$', number.length());
        ByteBufUtil.writeAscii(command, number);
      } else if (part instanceof byte[] bytes) {
        head(command, '$', bytes.length);
        command.writeBytes(bytes);
      } else if (part instanceof Buffer buffer) {
        head(command, '$', buffer.length());
        command.writeBytes(buffer.getBytes());
      } else {
        throw new IllegalArgumentException(
            "a script's argument is a String, Long, Integer, byte[] or Buffer, not "
                + (part == null ? "null" : part.getClass().getName()));
      }
      command.writeShort(END);
    }

    private static void head(ByteBuf command, char kind, int count) {
      command.writeByte(kind);
      digits(command, count);
      command.writeShort(END);
    }

    private static void digits(ByteBuf command, int number) {
      if (number > 9) {
        digits(command, number / 10);
      }
      command.writeByte('0' + number % 10);
    }
  }
}
