package io.payonce.ledger.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.payonce.ledger.UnreadableRecord;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SealerTest {
  private static final PaymentId ID = new PaymentId("m", "r");
  private static final byte[] PLAIN = "a body".getBytes(StandardCharsets.UTF_8);

  private final byte[] key = key(1);
  private final Sealer sealer = new Sealer(key);

  @Test
  void what_one_sealer_seals_every_sealer_of_that_key_opens() {
    byte[] sealed = sealer.seal(ID, "body", PLAIN);
    assertThat(sealer.open(ID, "body", sealed)).isEqualTo(PLAIN);
    assertThat(new Sealer(key).open(ID, "body", sealed)).isEqualTo(PLAIN);
    assertThat(sealer.open(ID, "body", sealer.seal(ID, "body", new byte[0]))).isEmpty();
  }

  @Test
  void another_key_opens_nothing() {
    byte[] sealed = sealer.seal(ID, "body", PLAIN);
    Sealer other = new Sealer(key(2));
    assertThatThrownBy(() -> other.open(ID, "body", sealed))
        .isInstanceOf(UnreadableRecord.class)
        .hasMessageContaining("m/r")
        .hasMessageNotContaining("a body");
  }

  /** Pods that have the former key yet read it: it is not listed for review, and expires. */
  @Test
  void what_names_no_key_may_be_for_others_while_a_key_of_the_ledger_is_not_here() {
    byte[] unnamed = unnamed(key(1)).seal(ID, "body", PLAIN);
    byte[] named = sealer.seal(ID, "body", PLAIN);
    EncryptionKeyRing ring = new EncryptionKeyRing(key(2), List.of());
    assertThat(isForOthers(ring, unnamed)).as("no key is missed").isFalse();
    ring.retired(true);
    assertThat(isForOthers(ring, unnamed)).isTrue();
    named[named.length - 1] ^= 1;
    EncryptionKeyRing both = new EncryptionKeyRing(key(1), List.of());
    both.retired(true);
    assertThat(isForOthers(both, named)).as("torn, whoever reads it").isFalse();
    ring.withoutLost(Set.of("a key that no pod has"));
    assertThat(isForOthers(ring, unnamed)).as("nobody reads it").isFalse();
  }

  private static Sealer unnamed(byte[] key) {
    return new Sealer(new EncryptionKeyRing(key, List.of()).namedWhile(() -> false));
  }

  private static boolean isForOthers(EncryptionKeyRing ring, byte[] sealed) {
    try {
      new Sealer(ring).open(ID, "body", sealed);
      throw new AssertionError("it opens");
    } catch (UnreadableRecord unreadable) {
      return unreadable.isForOthers();
    }
  }

  @Test
  void a_sealed_text_opens_only_where_it_belongs() {
    byte[] sealed = sealer.seal(ID, "body", PLAIN);
    assertThatThrownBy(() -> sealer.open(ID, "answer", sealed))
        .isInstanceOf(UnreadableRecord.class);
    assertThatThrownBy(() -> sealer.open(new PaymentId("m", "s"), "body", sealed))
        .isInstanceOf(UnreadableRecord.class);
  }

  @Test
  void any_changed_or_missing_bit_is_noticed() {
    byte[] sealed = sealer.seal(ID, "body", PLAIN);
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] changed = sealed.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> sealer.open(ID, "body", changed))
          .isInstanceOf(UnreadableRecord.class);
    }
    for (int length = 0; length < sealed.length; length++) {
      byte[] cut = Arrays.copyOf(sealed, length);
      assertThatThrownBy(() -> sealer.open(ID, "body", cut)).isInstanceOf(UnreadableRecord.class);
    }
  }

  @Test
  void no_nonce_repeats_under_a_key() {
    Set<String> heads = new HashSet<>();
    for (Sealer each : new Sealer[] {sealer, new Sealer(key), new Sealer(key)}) {
      for (int i = 0; i < 1000; i++) {
        assertThat(heads.add(Arrays.toString(Arrays.copyOf(each.seal(ID, "body", PLAIN), 29))))
            .isTrue();
      }
    }
  }

  @Test
  void more_keys_than_are_remembered_can_be_opened() {
    byte[][] sealed = new byte[600][];
    for (int i = 0; i < sealed.length; i++) {
      sealed[i] = new Sealer(key).seal(ID, "body", PLAIN);
    }
    for (int round = 0; round < 2; round++) {
      for (byte[] each : sealed) {
        assertThat(sealer.open(ID, "body", each)).isEqualTo(PLAIN);
      }
    }
  }

  @Test
  void an_answer_keeps_its_bytes_and_its_media_type() {
    byte[] every = new byte[256];
    for (int i = 0; i < every.length; i++) {
      every[i] = (byte) i;
    }
    for (Reply reply : new Reply[] {new Reply("a/b;c=d", every), new Reply("", new byte[0])}) {
      assertThat(sealer.openReply(ID, sealer.sealReply(ID, reply))).isEqualTo(reply);
    }
  }

  @Test
  void a_fingerprint_distinguishes_bodies_operations_and_keys_and_is_the_same_everywhere() {
    String print = sealer.fingerprint(Operation.SALE, PLAIN);
    assertThat(print).hasSize(22).matches("[A-Za-z0-9_-]+");
    assertThat(sealer.fingerprint(Operation.SALE, PLAIN)).isEqualTo(print);
    assertThat(new Sealer(key).fingerprint(Operation.SALE, PLAIN)).isEqualTo(print);
    assertThat(sealer.fingerprint(Operation.AUTH, PLAIN)).isNotEqualTo(print);
    assertThat(sealer.fingerprint(Operation.SALE, new byte[] {1})).isNotEqualTo(print);
    assertThat(new Sealer(key(2)).fingerprint(Operation.SALE, PLAIN)).isNotEqualTo(print);
  }

  @Test
  void a_key_has_32_bytes() {
    assertThatThrownBy(() -> new Sealer(new byte[31])).hasMessageContaining("32 bytes");
  }

  private static byte[] key(int fill) {
    byte[] key = new byte[Sealer.KEY_BYTES];
    Arrays.fill(key, (byte) fill);
    return key;
  }
}
