package io.payonce.flow.engine;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Percent-encoding of a query value; a space becomes %20, which every server reads alike. */
final class Percent {
  private Percent() {}

  static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
