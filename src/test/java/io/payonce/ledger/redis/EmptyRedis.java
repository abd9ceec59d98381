package io.payonce.ledger.redis;

import io.vertx.redis.client.Command;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Of tests on real Redis: one for the class, empty before each. */
public abstract class EmptyRedis {
  protected static TestRedis redis;

  @BeforeAll
  static void start() {
    redis = new TestRedis();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @BeforeEach
  void empty() {
    redis.run(Command.FLUSHALL);
  }
}
