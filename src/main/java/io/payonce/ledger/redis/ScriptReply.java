package io.payonce.ledger.redis;

import io.vertx.redis.client.Response;

/** Holds what a script returned: its word and its values. */
public record ScriptReply<W extends Enum<W>>(W word, Response rest) {
  static <W extends Enum<W>> ScriptReply<W> read(Class<W> words, Response response) {
    return new ScriptReply<>(Enum.valueOf(words, response.get(0).toString()), response);
  }

  public long number(int at) {
    return rest.get(at).toLong();
  }

  public String text(int at) {
    return rest.get(at).toString();
  }
}
