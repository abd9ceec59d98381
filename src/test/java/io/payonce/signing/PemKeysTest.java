package io.payonce.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.Key;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PemKeysTest {
  @ParameterizedTest
  @CsvSource({
    "test-key-rsa, RSA, rsa-pss-sha512",
    "test-key-rsa-pss, RSASSA-PSS, rsa-pss-sha512",
    "test-key-ecc-p256, EC, ecdsa-p256-sha256",
    "test-key-ed25519, EdDSA, ed25519",
  })
  void both_halves_of_the_keys_of_rfc_9421_are_read(String name, String kind, String algorithm) {
    Key key = PemKeys.privateKey(WireMessage.text(name + ".key.pem"));
    assertThat(key.getAlgorithm()).isEqualTo(kind);
    assertThat(SigningKey.of(null, key).algorithm().wireName()).isEqualTo(algorithm);
    Key other = PemKeys.publicKey(WireMessage.text(name + ".pub.pem"));
    assertThat(SigningKey.of(null, other).algorithm().wireName()).isEqualTo(algorithm);
  }

  @ParameterizedTest
  @CsvSource({"RSA, 2048", "EC, 256", "Ed25519, 0"})
  void keys_of_this_runtime_are_read_whatever_the_line_breaks(String kind, int bits) {
    var pair = TestKeys.make(kind, bits);
    assertThat(PemKeys.privateKey(pem("PRIVATE KEY", pair.getPrivate().getEncoded())))
        .isEqualTo(pair.getPrivate());
    assertThat(PemKeys.publicKey(
            pem("PUBLIC KEY", pair.getPublic().getEncoded()).replace("\n", "\r\n")))
        .isEqualTo(pair.getPublic());
  }

  @Test
  void a_block_of_parameters_before_the_key_is_passed_over() {
    String key = WireMessage.text("test-key-ecc-p256.key.pem");
    String withParameters =
        "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n" + key;
    assertThat(PemKeys.privateKey(withParameters)).isEqualTo(PemKeys.privateKey(key));
  }

  @Test
  void faults_say_what_is_wrong() {
    refuses("", "no PRIVATE KEY block (-----BEGIN … -----END) found");
    refuses("c2VjcmV0", "no PRIVATE KEY block (-----BEGIN … -----END) found");
    refuses(
        WireMessage.text("test-key-rsa-pss.pub.pem"),
        "no PRIVATE KEY block (-----BEGIN … -----END) found, only a PUBLIC KEY");
    refuses(
        pem("ENCRYPTED PRIVATE KEY", new byte[9]),
        "the private key is encrypted; store it unencrypted, as a secret");
    refuses(pem("DSA PRIVATE KEY", new byte[9]), "a DSA PRIVATE KEY is not supported; use PKCS#8");
    refuses(
        "-----BEGIN PRIVATE KEY-----\n***\n-----END PRIVATE KEY-----",
        "the PRIVATE KEY block is not base64");
    refuses(pem("PRIVATE KEY", new byte[9]), "the key is not in PKCS#8 or X.509 form");
    refuses(pem("PRIVATE KEY", new byte[0]), "the key is cut short");
    refuses(
        pem("PRIVATE KEY", TestKeys.make("X25519", 255).getPrivate().getEncoded()),
        "the key is not RSA, RSA-PSS, EC or Ed25519");
    refuses(
        pem("EC PRIVATE KEY", new byte[40]),
        "the private key cannot be read: its content is damaged");
  }

  @Test
  void a_damaged_key_is_refused_without_a_trace_of_its_content() {
    byte[] der = TestKeys.pair("RSA", 1).getPrivate().getEncoded();
    for (int length = 0; length < der.length; length += 7) {
      byte[] cut = java.util.Arrays.copyOf(der, length);
      assertThatThrownBy(() -> PemKeys.privateKey(pem("PRIVATE KEY", cut)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasNoCause()
          .hasMessageStartingWith("the ");
    }
  }

  @Test
  void weak_or_foreign_keys_fit_no_algorithm() {
    assertThatThrownBy(() -> SigningKey.of(null, TestKeys.make("RSA", 1024).getPrivate()))
        .hasMessage("no signing algorithm takes an RSA key of 1024 bits");
    assertThatThrownBy(() -> SigningKey.of(null, TestKeys.make("EC", 384).getPrivate()))
        .hasMessage("no signing algorithm takes an EC key of 384 bits");
    assertThatThrownBy(() -> SigningKey.ofSecret(null, new byte[0]))
        .hasMessage("the signing secret is empty");
    assertThatThrownBy(() -> SigningKey.ofSecret("a b", new byte[1]))
        .hasMessageStartingWith("a key id is");
    assertThatThrownBy(() -> SigningKey.ofSecret("", new byte[1]))
        .hasMessageStartingWith("a key id is");
  }

  private static void refuses(String pem, String message) {
    assertThatThrownBy(() -> PemKeys.privateKey(pem)).hasMessage(message);
  }

  private static String pem(String label, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }
}
