package io.payonce.http.server;

import io.vertx.core.http.HttpServerRequest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The id under which one call is found in answers and logs. */
public final class TraceIds {
  private static final HexFormat HEX = HexFormat.of();
  private static final Pattern PARENT =
      Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}.*");
  private static final int ID_START = 3;
  private static final int ID_END = 35;
  private static final int ID_BYTES = 16;

  private TraceIds() {}

  /** The caller's own trace (W3C traceparent) when there is one, else a fresh id. */
  static String of(HttpServerRequest request) {
    String parent = request.getHeader("traceparent");
    if (parent != null && PARENT.matcher(parent).matches()) {
      return parent.substring(ID_START, ID_END);
    }
    return fresh();
  }

  /** 128 bits that no other call has. */
  public static String fresh() {
    byte[] id = new byte[ID_BYTES];
    ThreadLocalRandom.current().nextBytes(id);
    return HEX.formatHex(id);
  }
}
