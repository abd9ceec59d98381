package io.payonce.e2e;

import io.payonce.sandbox.EmbeddedRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Changes what is in Redis by hand, where a test cannot wait for time to pass. */
record RedisHand(EmbeddedRedis redis) {
  /** Runs a script that is given one argument: what it returns, as Redis wrote it. */
  String eval(String script, String argument) {
    String[] words = {"EVAL", script, "0", argument};
    StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      request.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets a payment's last intent be eleven minutes ago: no send can take effect any more. */
  void age(String id) {
    String answer = eval(
        "local name = redis.call('KEYS', '*:payment:*/' .. ARGV[1])[1] "
            + "local first = string.match(redis.call('HGET', name, 'is'), '^%S+ (%S+)') "
            + "local at = redis.call('HGET', name, 'it') or first "
            + "return redis.call('HSET', name, 'it', at - 660000)",
        id);
    if (!answer.startsWith(":")) {
      throw new IllegalStateException(answer);
    }
  }

  /** Loses all of a payment but the order that it holds. */
  void lose(String id) {
    eval(
        "for _, name in ipairs(redis.call('KEYS', '*:payment:*/' .. ARGV[1])) do "
            + "local due = string.gsub(name, ':payment:.*', ':due') "
            + "redis.call('ZREM', due, string.match(name, ':payment:(.*)$')) "
            + "redis.call('DEL', name) end return 1",
        id);
  }

  /** Lets a payment's record expire; its tombstone stays. */
  void expire(String id) {
    eval(
        "for _, kind in ipairs({'payment', 'ended'}) do "
            + "for _, name in ipairs(redis.call('KEYS', '*:' .. kind .. ':*/' .. ARGV[1])) do "
            + "redis.call('DEL', name) end end return 1",
        id);
  }
}
