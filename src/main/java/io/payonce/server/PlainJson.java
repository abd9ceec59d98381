package io.payonce.server;

import io.vertx.core.json.jackson.JacksonCodec;
import io.vertx.core.spi.JsonFactory;
import io.vertx.core.spi.json.JsonCodec;

/**
 * JSON for Vert.x without data binding, which we do not use: 450 classes fewer before the first
 * answer of {@code /health/ready}. Vert.x finds it by itself.
 */
public final class PlainJson implements JsonFactory {
  private static final JacksonCodec CODEC = new JacksonCodec();

  @Override
  public JsonCodec codec() {
    return CODEC;
  }
}
