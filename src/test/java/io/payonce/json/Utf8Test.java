package io.payonce.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
  @Test
  void every_pair_of_bytes_is_judged_as_the_jdk_judges_it() {
    for (int i = 0; i < 65_536; i++) {
      agrees(new byte[] {(byte) (i >> 8), (byte) i});
      agrees(new byte[] {(byte) (i >> 8), (byte) i, (byte) 0x80});
      agrees(new byte[] {(byte) (i >> 8), (byte) i, (byte) 0xBF, (byte) 0x80});
      agrees(new byte[] {(byte) (i >> 8), (byte) i, (byte) 0x80, 'a'});
    }
  }

  @Test
  void random_bytes_are_judged_as_the_jdk_judges_them() {
    Random random = new Random(Jsons.SEED);
    byte[] pool = "aé漢😀".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = new byte[random.nextInt(30)];
      for (int k = 0; k < bytes.length; k++) {
        bytes[k] = random.nextInt(3) == 0 ? pool[random.nextInt(pool.length)] : (byte) 'x';
      }
      agrees(bytes);
    }
  }

  @Test
  void every_character_passes_and_its_place_is_right_when_cut() {
    for (int sign = 0; sign <= 0x10FFFF; sign += sign < 0x3000 ? 1 : 61) {
      if (sign >= 0xD800 && sign <= 0xDFFF) {
        continue;
      }
      byte[] bytes = ("12345678" + Character.toString(sign)).getBytes(StandardCharsets.UTF_8);
      Jsons.assertSame(Utf8.firstFault(bytes), -1, sign, bytes);
      byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);
      Jsons.assertSame(Utf8.firstFault(cut), bytes.length == 9 ? -1 : 8, sign, bytes);
    }
  }

  private static void agrees(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    boolean jdk =
        !decoder.decode(ByteBuffer.wrap(bytes), CharBuffer.allocate(64), true).isError();
    if (jdk != Utf8.firstFault(bytes) < 0) {
      assertThat(bytes).as("valid for the JDK: %s", jdk).isNull();
    }
  }
}
