package io.payonce.e2e;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Spoils requests, each time in another way; the same seed spoils them alike. Latin-1 all along.
 */
final class Mutator {
  private static final String NASTY = "\r\n\0\t :;,=\"{}[]\\/%?#\u0001\u000b\u007f\u0080\u00ff0-+x";

  private static final List<String> LINES = List.of(
      "Transfer-Encoding: chunked\r\n",
      "Transfer-Encoding: gzip, chunked\r\n",
      "Transfer-Encoding : chunked\r\n",
      "transfer-encoding: identity\r\n",
      "Content-Length: 0\r\n",
      "Content-Length: 5\r\n",
      "Content-Length: 99999999999999999999\r\n",
      "Content-Length: -1\r\n",
      "Connection: close, X\r\n",
      "Connection: keep-alive\r\n",
      "Expect: 100-continue\r\n",
      "Host: elsewhere\r\n",
      "Upgrade: websocket\r\n",
      "Content-Encoding: gzip\r\n",
      "Authorization: Bearer no\r\n",
      "Prefer: wait=0\r\n",
      "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n",
      "X-HTTP-Method-Override: DELETE\r\n",
      " folded: line\r\n",
      ": nameless\r\n");

  private static final List<String> WORDS = List.of(
      "null",
      "true",
      "1e999",
      "-0",
      "0.1",
      "\"\\u0000\"",
      "\"\\ud800\"",
      "{}",
      "[]",
      "[[[[",
      "\"transactionRequestId\":\"other-id\",",
      "\"amount\":null,",
      "\u00c3\u0028",
      "\u00ef\u00bb\u00bf",
      "HTTP/1.0",
      "HTTP/1.2",
      "GET",
      "/v1/",
      "/../",
      "%2f",
      "\r\n\r\n",
      "0\r\n\r\n",
      "ffffffff\r\n");

  private final Random random;

  Mutator(long seed) {
    random = new Random(seed);
  }

  /** A head, as it is meant or with some of its lines twice, missing or strange; and its body. */
  String spoiled(String head, String body) {
    String whole =
        random.nextInt(3) == 0 ? chunked(head, body) : head + Raw.length(body) + "\r\n" + body;
    for (int i = random.nextInt(4); i >= 0; i--) {
      whole = pick(List.<Function<String, String>>of(
              this::replaced, this::inserted, this::cut, this::repeated, this::lined, this::worded))
          .apply(whole);
    }
    return whole;
  }

  private String chunked(String head, String body) {
    StringBuilder chunks = new StringBuilder(head).append("Transfer-Encoding: chunked\r\n\r\n");
    for (int at = 0; at < body.length(); ) {
      int size = Math.min(body.length() - at, 1 + random.nextInt(40));
      chunks.append(Integer.toHexString(size));
      if (random.nextInt(4) == 0) {
        chunks.append(";a=").append(noise(random.nextInt(20)));
      }
      chunks.append("\r\n").append(body, at, at + size).append("\r\n");
      at += size;
    }
    return chunks
        .append("0\r\n")
        .append(random.nextInt(4) == 0 ? "X-Trailer: a\r\n" : "")
        .append("\r\n")
        .toString();
  }

  private String replaced(String whole) {
    int at = at(whole);
    return whole.substring(0, at) + noise(1) + whole.substring(Math.min(whole.length(), at + 1));
  }

  private String inserted(String whole) {
    int at = at(whole);
    return whole.substring(0, at) + noise(1 + random.nextInt(3)) + whole.substring(at);
  }

  private String cut(String whole) {
    int at = at(whole);
    return whole.substring(0, at)
        + whole.substring(Math.min(whole.length(), at + random.nextInt(12)));
  }

  private String repeated(String whole) {
    int at = at(whole);
    return whole.substring(0, at) + whole.substring(at - random.nextInt(at + 1));
  }

  /** A header line more, wherever a line ends. */
  private String lined(String whole) {
    int end = whole.indexOf("\r\n", at(whole));
    int at = end < 0 ? whole.length() : end + 2;
    return whole.substring(0, at) + pick(LINES) + whole.substring(at);
  }

  private String worded(String whole) {
    int at = at(whole);
    return whole.substring(0, at) + pick(WORDS) + whole.substring(at);
  }

  private int at(String whole) {
    return random.nextInt(whole.length() + 1);
  }

  private String noise(int length) {
    StringBuilder noise = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      noise.append(
          random.nextBoolean()
              ? NASTY.charAt(random.nextInt(NASTY.length()))
              : (char) random.nextInt(256));
    }
    return new String(
        noise.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
  }

  private <T> T pick(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }
}
