package io.payonce.ledger;

import io.vertx.redis.client.Response;

/** What a script said: its word, and what it said with it. */
record Said<W extends Enum<W>>(W word, Response rest) {
  static <W extends Enum<W>> Said<W> read(Class<W> words, Response response) {
    return new Said<>(Enum.valueOf(words, response.get(0).toString()), response);
  }

  long number(int at) {
    return rest.get(at).toLong();
  }

  String text(int at) {
    return rest.get(at).toString();
  }
}
