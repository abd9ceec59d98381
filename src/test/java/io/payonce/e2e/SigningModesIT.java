package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.Caller.Got;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way to sign, against a platform that verifies. */
class SigningModesIT {
  private static final String SECRET = "a-secret-both-sides-know";

  private static Map<String, KeyPair> pairs;

  @BeforeAll
  static void makeKeys() {
    pairs = Map.of("RSA", pair("RSA", 2048), "EC", pair("EC", 256), "Ed25519", pair("Ed25519", 0));
  }

  @AfterAll
  static void forgetKeys() {
    pairs = null;
  }

  @ParameterizedTest
  @CsvSource({
    "bearer,,",
    "hmac-sha256,,secret",
    "sorted-params,,secret",
    "rsa-sha256,,RSA",
    "http-message-signatures,hmac-sha256,secret",
    "http-message-signatures,ed25519,Ed25519",
    "http-message-signatures,ecdsa-p256-sha256,EC",
    "http-message-signatures,rsa-pss-sha512,RSA"
  })
  void what_is_signed_so_is_accepted_and_with_another_key_is_refused(
      String mode, String algorithm, String kind) {
    try (TestPod testPod = new TestPod(ours(mode, algorithm, kind))) {
      testPod.platform().settings("signingMode", mode);
      testPod.platform().settings("signingKeys", List.of(theirs(kind)));

      Got paid =
          testPod.patiently(() -> testPod.caller().pay(Caller.sale("signed-so", "signed-so")));
      assertThat(paid.isPaid()).as(paid.body()).isTrue();
      assertThat(testPod.platform().sends().sent("signed-so")).hasSize(1);
      assertThat(testPod.caller().query("signed-so").isPaid()).isTrue();

      if (!mode.equals("bearer")) {
        anotherKeyIsRefused(testPod, kind);
      }
    }
  }

  private static void anotherKeyIsRefused(TestPod testPod, String kind) {
    testPod.platform().settings("signingKeys", List.of(stranger(kind)));

    Got refused = testPod.caller().pay(Caller.sale("stranger", "stranger"));
    assertThat(refused.code()).isEqualTo("S03");
    assertThat(refused.header("Payonce-Source")).isEqualTo("platform");
    assertThat(testPod.platform().sends().sent("stranger")).hasSize(1);
    assertThat(testPod.admin("/metrics")).contains("payonce_misconfigured{code=\"S03\"} 1");

    testPod.platform().settings("signingKeys", List.of(stranger(kind), theirs(kind)));
    assertThat(testPod.caller().pay(Caller.sale("stranger", "stranger")).isPaid())
        .isTrue();
    assertThat(testPod.platform().charges().of(Caller.MERCHANT, "stranger")).hasSize(1);
    assertThat(testPod.admin("/metrics")).contains("payonce_misconfigured{code=\"S03\"} 0");
  }

  @Test
  void what_cannot_be_signed_is_the_callers_fault_and_nothing_is_sent() {
    try (TestPod testPod = new TestPod(ours("sorted-params", null, "secret"))) {
      Caller caller = testPod.caller();
      testPod.patiently(() -> caller.query("anything"));
      String body = Caller.sale("oddity", "oddity").encode();

      String payment = Raw.exchange(
          testPod.pod().port(), Raw.post(Caller.SALE + "?x=\u00e9", Raw.length(body), body));
      String question = Raw.exchange(
          testPod.pod().port(),
          Raw.post("/v1/merchant/query?appId=a&x=%zz", "", "").replaceFirst("POST", "GET"));

      assertThat(payment).contains("\"C02\"", "Payonce-Sent: no", "Payonce-Source: proxy");
      assertThat(question).contains("\"C02\"", "broken percent escape", "Payonce-Sent: no");
      assertThat(testPod.platform().sends().sent("oddity")).isEmpty();
      assertThat(caller.pay(Caller.sale("oddity", "oddity")).isPaid()).isTrue();
    }
  }

  private static Map<String, String> ours(String mode, String algorithm, String kind) {
    Map<String, String> settings = new HashMap<>(Map.of("signing.mode", mode));
    if (mode.equals("http-message-signatures")) {
      settings.put("signing.keyId", "k1");
      settings.put("signing.algorithm", algorithm);
    }
    if ("secret".equals(kind)) {
      settings.put("signing.secret", SECRET);
    } else if (kind != null) {
      settings.put(
          "signing.privateKey", pem("PRIVATE", pairs.get(kind).getPrivate().getEncoded()));
    }
    return settings;
  }

  private static String theirs(String kind) {
    return "k1:" + (kind == null || kind.equals("secret") ? SECRET : publicPem(pairs.get(kind)));
  }

  private static String stranger(String kind) {
    return kind.equals("secret")
        ? "k0:another-secret"
        : "k0:" + publicPem(pair(kind, kind.equals("EC") ? 256 : 2048));
  }

  private static String publicPem(KeyPair pair) {
    return pem("PUBLIC", pair.getPublic().getEncoded());
  }

  private static String pem(String kind, byte[] der) {
    return "-----BEGIN " + kind + " KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
        + "\n-----END " + kind + " KEY-----\n";
  }

  private static KeyPair pair(String kind, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
      if (!kind.equals("Ed25519")) {
        generator.initialize(bits);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
