package io.payonce.ledger.redis;

import static io.payonce.ledger.LedgerWords.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.payonce.redis.LuaScript;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Redis reads each argument as it was given, whatever its bytes and however long it is. */
class PackedArgsTest {
  private static final LuaScript ECHO = LuaScript.of("echo", "return {cmsgpack.unpack(ARGV[1])}");

  @Test
  void redis_reads_what_was_given() {
    List<Object> args = new ArrayList<>(List.of(
        "", "é€\uD83D\uDE00\0\r\n", 0, 7, 10, 99, 100, -1, -10, Long.MAX_VALUE, Long.MIN_VALUE));
    IntStream.of(1, 30, 31, 32, 33, 127, 128, 255, 256, 32_767, 32_768, 65_535, 65_536, 1_000_000)
        .mapToObj(PackedArgsTest::anyBytes)
        .forEach(args::add);
    args.add("x".repeat(31));
    args.add("é".repeat(16)); // 32 bytes
    args.add("");
    assertThat(echo(args))
        .containsExactlyElementsOf(args.stream().map(PackedArgsTest::latin).toList());
  }

  @Test
  void no_arguments_are_none() {
    assertThat(echo(List.of())).isEmpty();
  }

  @Test
  void what_no_script_takes_is_refused() {
    assertThatThrownBy(() -> ScriptArgs.pack(List.of("x", 1.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not java.lang.Double");
    assertThatThrownBy(() -> ScriptArgs.pack(Arrays.asList("x", null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not null");
  }

  private static List<String> echo(List<?> args) {
    try (TestRedis redis = new TestRedis()) {
      Response said = await(redis.lane.eval(ECHO, List.of("k"), List.of(ScriptArgs.pack(args))));
      return said.stream().map(each -> latin(each.toBytes())).toList();
    }
  }

  /** A letter a byte. */
  private static String latin(Object arg) {
    byte[] bytes =
        arg instanceof byte[] given ? given : arg.toString().getBytes(StandardCharsets.UTF_8);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] anyBytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 7 + length);
    }
    return bytes;
  }
}
