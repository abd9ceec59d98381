package io.payonce.signing;

import java.security.interfaces.RSAKey;
import java.util.Locale;

/**
 * Says how requests to the platform are signed: a mode with a key that fits it. Immutable and
 * shared; every event loop makes its own signer of it, and a rotated key makes a new Signing.
 *
 * @param key null for bearer
 * @param requestIdHeader the request id header an HTTP message signature covers
 */
public record Signing(SigningMode mode, SigningKey key, String requestIdHeader) {
  public static final String DEFAULT_REQUEST_ID_HEADER = "X-Client-Request-Id";

  private static final Signer NOTHING_TO_ADD = (input, header) -> {};

  /** @throws IllegalArgumentException saying which kind of key the mode needs */
  public Signing {
    key = fitted(mode, key);
    requestIdHeader = requestIdHeader.toLowerCase(Locale.ROOT);
  }

  /** Nothing beyond the Authorization header, which is not of this package. */
  public static Signing bearer() {
    return new Signing(SigningMode.BEARER, null, DEFAULT_REQUEST_ID_HEADER);
  }

  public static Signing of(SigningMode mode, SigningKey key) {
    return new Signing(mode, key, DEFAULT_REQUEST_ID_HEADER);
  }

  /**
   * Whether one signature keeps a core busy for a millisecond (RSA with 2048 bits) or for six (with
   * 4096): too long for an event loop. All else takes microseconds.
   */
  public boolean isSlow() {
    return key != null && key.key() instanceof RSAKey;
  }

  /** A signer for one event loop; costs some microseconds, so it is kept. */
  public Signer signer() {
    return switch (mode) {
      case BEARER -> NOTHING_TO_ADD;
      case HMAC_SHA256, RSA_SHA256, SORTED_PARAMS -> new HeaderSigner(mode, key);
      case HTTP_MESSAGE_SIGNATURES -> new MessageSigner(key, requestIdHeader);
    };
  }

  /**
   * The key as the mode uses it; null for bearer.
   *
   * @throws IllegalArgumentException saying which kind of key the mode needs
   */
  public static SigningKey fitted(SigningMode mode, SigningKey key) {
    if (mode == SigningMode.BEARER) {
      return null;
    }
    if (key == null) {
      throw new IllegalArgumentException(mode.wireName() + " needs a key");
    }
    return switch (mode) {
      case HMAC_SHA256, SORTED_PARAMS -> key.with(SigningAlgorithm.HMAC_SHA256);
      case RSA_SHA256 -> key.with(SigningAlgorithm.RSA_V1_5_SHA256);
      default -> key;
    };
  }
}
