package io.payonce.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Makes JSON of every kind, good and bad, from a seed; and reads it the slow, plain way. */
final class Jsons {
  /** Another one with {@code -Dseed=...}. */
  static final long SEED = Long.getLong("seed", 20261123L);

  private static final JsonMapper STRICT = JsonMapper.builder()
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .build();

  /** Keeps a number as it is written, but cannot read every one that the grammar allows. */
  private static final JsonMapper EXACT = STRICT
      .rebuild()
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
      .build();

  private static final String[] SPACES = {"", "", "", "", " ", "\n", "\t ", "\r\n"};
  private static final String[] SCALARS = {
    "null",
    "true",
    "false",
    "0",
    "5",
    "-7",
    "1000",
    "1000.0",
    "12.5",
    "1E+3",
    "0.00",
    "-1",
    "9223372036854775807",
    "9223372036854775808",
    "99999999999999999999999999",
    "\"\"",
    "\"0\"",
    "\"1000\"",
    "\"-5\"",
    "\"12.5\"",
    "\"1000.0\"",
    "\"abc\"",
    "\"S\"",
    "\"PROCESSING\"",
    "\"USD\"",
    "\"é漢😀\"",
    "\"a\\u0062\\n\\\"\\\\\\/\"",
    "\"\\ud83d\\ude00\"",
    "[]",
    "{}",
    "\"C08\"",
    "\"P\""
  };
  private static final String PIECES = "{}[]\",:\\u0019eE+-.tfnaul \n\t\u0000\u007f";

  private final Random random;

  Jsons(long seed) {
    random = new Random(seed);
  }

  /** The tree of a body that is one JSON object in UTF-8; null when it is not. */
  static JsonNode tree(byte[] body) {
    return tree(body, STRICT);
  }

  /** The same, with numbers as they are written. */
  static JsonNode exactTree(byte[] body) {
    return tree(body, EXACT);
  }

  private static JsonNode tree(byte[] body, JsonMapper mapper) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      JsonNode node = mapper.readTree(text);
      return node != null && node.isObject() ? node : null;
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * Says what was read from which body only when it differs: saying it always takes half the time.
   */
  static void assertSame(Object actual, Object expected, int round, byte[] body) {
    if (!Objects.equals(actual, expected)) {
      assertThat(actual)
          .as("-Dseed=%d, round %d: %s", SEED, round, new String(body, StandardCharsets.UTF_8))
          .isEqualTo(expected);
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  byte[] request() {
    return bytes(object(
        3,
        "appId",
        "merchantId",
        "transactionRequestId",
        "transactionId",
        "referenceOrderId",
        "originalTransactionId",
        "originalTransactionRequestId",
        "terminalSn",
        "channelCode",
        "timeExpire",
        "amount",
        "description",
        "paymentMethod",
        "cardEncryptedData",
        "sessionId",
        "tipAmount",
        "attach",
        "data",
        "x"));
  }

  byte[] envelope() {
    return bytes(object(3, "code", "code", "msg", "traceId", "data", "data", "x"));
  }

  /** Bytes without any sense. */
  byte[] noise() {
    byte[] bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** The same with a few bytes changed, added, taken away or cut off. */
  byte[] mutated(byte[] body) {
    List<Byte> bytes = new ArrayList<>();
    for (byte one : body) {
      bytes.add(one);
    }
    for (int left = 1 + random.nextInt(3); left > 0 && !bytes.isEmpty(); left--) {
      mutate(bytes, random.nextInt(bytes.size()));
    }
    byte[] result = new byte[bytes.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = bytes.get(i);
    }
    return result;
  }

  private void mutate(List<Byte> bytes, int at) {
    byte piece = random.nextInt(4) == 0
        ? (byte) random.nextInt(256)
        : (byte) PIECES.charAt(random.nextInt(PIECES.length()));
    switch (random.nextInt(5)) {
      case 0 -> bytes.set(at, piece);
      case 1 -> bytes.add(at, piece);
      case 2 -> bytes.remove(at);
      case 3 -> bytes.add(piece);
      default ->
        bytes.subList(at, Math.min(bytes.size(), at + random.nextInt(9))).clear();
    }
  }

  private String object(int depth, String... pool) {
    List<String> names = new ArrayList<>(List.of(pool));
    Collections.shuffle(names, random);
    names = new ArrayList<>(
        names.stream().limit(random.nextInt(names.size() + 1)).distinct().toList());
    if (random.nextInt(40) == 0 && !names.isEmpty()) {
      names.add(names.get(0));
    }
    StringBuilder json = new StringBuilder("{");
    for (String name : names) {
      json.append(json.length() == 1 ? "" : ",")
          .append(space())
          .append(written(name))
          .append(space());
      json.append(':').append(space()).append(value(name, depth)).append(space());
    }
    return space() + json.append('}') + space();
  }

  private String value(String name, int depth) {
    if (depth > 0 && random.nextInt(4) > 0) {
      switch (name) {
        case "amount":
          return object(0, "orderAmount", "priceCurrency", "tipAmount", "x");
        case "data":
          return object(
              depth - 1,
              "transactionStatus",
              "transactionId",
              "transactionRequestId",
              "referenceOrderId",
              "transactionResultCode",
              "amount",
              "x",
              "code");
        case "x":
          return random.nextBoolean()
              ? object(depth - 1, "code", "x", "amount", "data")
              : array(depth);
        default:
      }
    }
    boolean plain = random.nextInt(4) > 0 && !name.endsWith("Amount");
    return plain ? "\"v" + random.nextInt(99) + "\"" : SCALARS[random.nextInt(SCALARS.length)];
  }

  private String array(int depth) {
    StringBuilder json = new StringBuilder("[");
    for (int left = random.nextInt(4); left > 0; left--) {
      json.append(space()).append(value("x", depth - 1)).append(left > 1 ? "," : "");
    }
    return json.append(']').toString();
  }

  /** A name with one letter escaped is the same name. */
  private String written(String name) {
    return random.nextInt(20) > 0
        ? '"' + name + '"'
        : String.format("\"\\u%04x%s\"", (int) name.charAt(0), name.substring(1));
  }

  private String space() {
    return SPACES[random.nextInt(SPACES.length)];
  }
}
