package io.payonce.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.payonce.sandbox.signature.PublicKeys;
import io.payonce.sandbox.signature.WireMessage;
import io.payonce.signing.SigningKey;
import io.payonce.signing.TestKeys;
import java.math.BigInteger;
import java.security.Key;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemKeysTest {
  private static final String UNREADABLE =
      "the private key cannot be read: it is damaged, or not RSA, RSA-PSS, EC or Ed25519";

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
    Key other = PublicKeys.read(WireMessage.text(name + ".pub.pem"));
    assertThat(SigningKey.of(null, other).algorithm().wireName()).isEqualTo(algorithm);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void keys_of_this_runtime_are_read_whatever_the_line_breaks(String kind) {
    var pair = TestKeys.pair(kind, 1);
    assertThat(PemKeys.privateKey(pem("PRIVATE KEY", pair.getPrivate().getEncoded())))
        .isEqualTo(pair.getPrivate());
    assertThat(
            PublicKeys.read(pem("PUBLIC KEY", pair.getPublic().getEncoded()).replace("\n", "\r\n")))
        .isEqualTo(pair.getPublic());
  }

  /** As openssl and cert-manager write them. */
  @ParameterizedTest
  @CsvSource({"test-key-rsa, RSA", "test-key-ecc-p256, EC"})
  void older_forms_are_read_for_tls_and_named_where_they_are_to_sign(String name, String kind) {
    PrivateKey key = PemKeys.privateKey(WireMessage.text(name + ".key.pem"));
    String old = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
        + WireMessage.text(name + ".old.pem");
    assertThat(number(PemKeys.tlsKey(old))).isEqualTo(number(key));
    assertThat(PemKeys.tlsKey(WireMessage.text(name + ".key.pem"))).isEqualTo(key);
    refuses(
        old,
        "a signing key must be PKCS#8 (BEGIN PRIVATE KEY), not " + kind + " PRIVATE KEY;"
            + " convert it: openssl pkcs8 -topk8 -nocrypt -in OLD.pem -out NEW.pem");
  }

  /** PKCS#8 of a curve may hold the public half too, or not: the key is the same. */
  private static BigInteger number(PrivateKey key) {
    return key instanceof RSAPrivateKey rsa
        ? rsa.getPrivateExponent()
        : ((ECPrivateKey) key).getS();
  }

  @Test
  void what_no_connection_of_ours_can_show_is_no_key_of_a_certificate() {
    for (String name : List.of("test-key-rsa-pss", "test-key-ed25519")) {
      String key = WireMessage.text(name + ".key.pem");
      assertThatThrownBy(() -> PemKeys.tlsKey(key))
          .hasMessage("the private key cannot be read: it is damaged, or not RSA or EC");
    }
    for (String label : List.of("RSA PRIVATE KEY", "EC PRIVATE KEY", "PRIVATE KEY")) {
      assertThatThrownBy(() -> PemKeys.tlsKey(pem(label, new byte[40])))
          .hasMessage("the private key cannot be read: it is damaged, or not RSA or EC");
    }
    assertThatThrownBy(() -> PemKeys.tlsKey(pem("ENCRYPTED PRIVATE KEY", new byte[9])))
        .hasMessageStartingWith("not ENCRYPTED PRIVATE KEY; convert it: openssl pkcs8 ");
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
        "a signing key must be PKCS#8 (BEGIN PRIVATE KEY), not ENCRYPTED PRIVATE KEY; convert it:"
            + " openssl pkcs8 -topk8 -nocrypt -in OLD.pem -out NEW.pem");
    refuses(
        "-----BEGIN PRIVATE KEY-----\n***\n-----END PRIVATE KEY-----",
        "the PRIVATE KEY block is not base64");
    refuses(pem("PRIVATE KEY", new byte[9]), UNREADABLE);
    refuses(pem("PRIVATE KEY", new byte[0]), UNREADABLE);
    refuses(pem("PRIVATE KEY", TestKeys.make("X25519", 255).getPrivate().getEncoded()), UNREADABLE);
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
