package io.payonce.sandbox.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.signing.ByteSink;
import io.payonce.signing.SigningEngine;
import java.util.List;
import java.util.Map;
import org.greenbytes.http.sfv.InnerList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The test vectors of RFC 9421 and RFC 9530. */
class Rfc9421Test {
  @ParameterizedTest
  @CsvSource({
    "b21, sig-b21, test-key-rsa-pss",
    "b22, sig-b22, test-key-rsa-pss",
    "b23, sig-b23, test-key-rsa-pss",
    "b24, sig-b24, test-key-ecc-p256",
    "b25, sig-b25, test-shared-secret",
    "b26, sig-b26, test-key-ed25519",
    "reqres1, reqres, test-key-ecc-p256",
    "reqres2, reqres, test-key-ecc-p256",
    "proxy, proxy_sig, test-key-rsa",
    "ttrp, ttrp, test-key-ecc-p256",
  })
  void the_published_signature_base_and_signature_are_ours_too(
      String vector, String label, String keyId) {
    WireMessage message = read(vector);
    InnerList input = message.signatureInput(label);
    assertThat(message.base(input).text())
        .isEqualTo(WireMessage.text(vector + ".base").stripTrailing());

    SealCheck seal = SealCheck.of(RfcKeys.verifying(keyId));
    byte[] signature = message.signature(label);
    assertThat(seal.accepts(message.base(input), signature)).isTrue();
    assertThat(seal.accepts(message.base(input).put(' '), signature)).isFalse();
    signature[signature.length - 1] ^= 1;
    assertThat(seal.accepts(message.base(input), signature)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"b25, sig-b25, test-shared-secret", "b26, sig-b26, test-key-ed25519"})
  void deterministic_algorithms_give_the_published_bytes(
      String vector, String label, String keyId) {
    WireMessage message = read(vector);
    SigningEngine seal = SigningEngine.of(RfcKeys.signing(keyId));
    for (int reuse = 0; reuse < 3; reuse++) {
      assertThat(seal.over(message.base(message.signatureInput(label))))
          .isEqualTo(message.signature(label));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "b21, sig-b21, test-key-rsa-pss",
    "b22, sig-b22, test-key-rsa-pss",
    "b23, sig-b23, test-key-rsa-pss",
    "b24, sig-b24, test-key-ecc-p256",
    "ttrp, ttrp, test-key-ecc-p256",
  })
  void salted_signatures_made_with_the_private_key_verify_with_the_public_one(
      String vector, String label, String keyId) {
    WireMessage message = read(vector);
    InnerList input = message.signatureInput(label);
    SigningEngine signing = SigningEngine.of(RfcKeys.signing(keyId));
    byte[] first = signing.over(message.base(input));
    byte[] second = signing.over(message.base(input));
    assertThat(first).isNotEqualTo(second).hasSameSizeAs(message.signature(label));
    SealCheck verifying = SealCheck.of(RfcKeys.verifying(keyId));
    assertThat(verifying.accepts(message.base(input), first)).isTrue();
    assertThat(verifying.accepts(message.base(input), second)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "b23, sig-b23, test-key-rsa-pss",
    "b24, sig-b24, test-key-ecc-p256",
    "b25, sig-b25, test-shared-secret",
    "b26, sig-b26, test-key-ed25519",
    "proxy, proxy_sig, test-key-rsa",
  })
  void a_seal_of_the_wrong_length_does_not_spoil_the_next_check(
      String vector, String label, String keyId) {
    WireMessage message = read(vector);
    ByteSink base = message.base(message.signatureInput(label));
    SealCheck seal = SealCheck.of(RfcKeys.verifying(keyId));
    for (int length : new int[] {0, 1, 31, 33, 63, 65, 255, 257}) {
      assertThat(seal.accepts(base, new byte[length])).isFalse();
      assertThat(seal.accepts(base, message.signature(label))).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void what_intermediaries_may_change_leaves_the_signature_valid(int version) {
    assertThat(transformVerifies(version)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 6})
  void what_they_may_not_change_breaks_it(int version) {
    assertThat(transformVerifies(version)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"b25", "b24"})
  void content_digest_sha_512_of_the_vectors_matches(String vector) {
    WireMessage message = read(vector);
    assertThat(DigestCheck.matches(message.field("content-digest"), utf8(message.body())))
        .isTrue();
    assertThat(DigestCheck.matches(message.field("content-digest"), utf8(message.body() + " ")))
        .isFalse();
  }

  @Test
  void content_digest_sha_256_is_that_of_rfc_9530() {
    // RFC 9530, sections B.1 and B.2; RFC 9421, section 7.2.8
    Map.of(
            "{\"hello\": \"world\"}\n", "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:",
            "", "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:",
            "{\"hello\": \"world\"}", "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:")
        .forEach((body, field) ->
            assertThat(DigestCheck.matches(List.of(field), utf8(body))).isTrue());
  }

  private static boolean transformVerifies(int version) {
    WireMessage message = read("transform" + version);
    SealCheck seal = SealCheck.of(RfcKeys.verifying("test-key-ed25519"));
    return seal.accepts(
        message.base(message.signatureInput("transform")), message.signature("transform"));
  }

  private static WireMessage read(String vector) {
    WireMessage message = WireMessage.read(vector + ".http");
    return vector.startsWith("reqres")
        ? message.answering(WireMessage.read(vector + "-request.http"))
        : message;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
