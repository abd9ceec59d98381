package io.payonce.signing;

import java.security.Key;
import java.util.Objects;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that fits its algorithm, with the name both sides know it by, or null where they have not
 * named it. A private or shared key signs; a public or shared key verifies.
 */
public record SigningKey(String id, SigningAlgorithm algorithm, Key key) {
  private static final int MAX_ID_LENGTH = 128;

  /**
   * @throws IllegalArgumentException when the key is of another kind than the algorithm needs, or
   *     the id cannot be a header value
   */
  public SigningKey {
    Objects.requireNonNull(algorithm, "algorithm");
    algorithm.requireFit(Objects.requireNonNull(key, "key"));
    requireSendable(id);
  }

  /** A key used with the algorithm natural to its kind; for RSA that is RSA-PSS. */
  public static SigningKey of(String id, Key key) {
    return new SigningKey(id, SigningAlgorithm.forKey(key), key);
  }

  /** A secret shared with the platform. */
  public static SigningKey ofSecret(String id, byte[] secret) {
    if (secret.length == 0) {
      throw new IllegalArgumentException("the signing secret is empty");
    }
    return of(id, new SecretKeySpec(secret, SigningAlgorithm.HMAC_SHA256.jcaName()));
  }

  SigningKey with(SigningAlgorithm other) {
    return new SigningKey(id, other, key);
  }

  private static void requireSendable(String id) {
    if (id == null) {
      return;
    }
    if (id.isEmpty()
        || id.length() > MAX_ID_LENGTH
        || !id.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          "a key id is 1 to " + MAX_ID_LENGTH + " visible ASCII characters");
    }
  }

  @Override
  public String toString() {
    return "SigningKey[id=" + id + ", algorithm=" + algorithm.wireName() + ", key=***]";
  }
}
