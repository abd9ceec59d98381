package io.payonce.sandbox.signature;

import io.payonce.signing.SigningAlgorithm;
import io.payonce.signing.SigningKey;
import io.payonce.tls.PemKeys;
import java.util.Base64;

/** The keys of RFC 9421, section B.1. */
final class RfcKeys {
  private RfcKeys() {}

  static SigningKey verifying(String id) {
    return switch (id) {
      case "test-shared-secret" -> secret();
      case "test-key-rsa" -> new SigningKey(id, SigningAlgorithm.RSA_V1_5_SHA256, publicKey(id));
      default -> SigningKey.of(id, publicKey(id));
    };
  }

  static SigningKey signing(String id) {
    return id.equals("test-shared-secret")
        ? secret()
        : SigningKey.of(id, PemKeys.privateKey(WireMessage.text(id + ".key.pem")));
  }

  static SigningKey secret() {
    String base64 = WireMessage.text("test-shared-secret.b64").strip();
    return SigningKey.ofSecret("test-shared-secret", Base64.getDecoder().decode(base64));
  }

  private static java.security.PublicKey publicKey(String id) {
    return PublicKeys.read(WireMessage.text(id + ".pub.pem"));
  }
}
