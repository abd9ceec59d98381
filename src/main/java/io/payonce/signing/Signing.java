package io.payonce.signing;

import java.security.interfaces.RSAKey;
import java.util.List;
import java.util.Locale;

/**
 * How requests to the platform are signed: a mode with a key that fits it. Immutable and shared;
 * every event loop makes its own signer or verifier of it, and a rotated key makes a new Signing.
 *
 * @param key null for bearer
 * @param requestIdHeader the request id header an HTTP message signature covers
 */
public record Signing(SigningMode mode, SigningKey key, String requestIdHeader) {
  public static final String DEFAULT_REQUEST_ID_HEADER = "X-Client-Request-Id";

  private static final Signer NOTHING_TO_ADD = (input, header) -> {};
  private static final Verifier NOTHING_TO_CHECK = (input, headers, nowMillis) -> Verdict.VALID;

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
      case HMAC_SHA256 -> new HeaderSigner(new RequestText(), SignatureText.HEX, key);
      case RSA_SHA256 -> new HeaderSigner(new RequestText(), SignatureText.BASE64, key);
      case SORTED_PARAMS -> new HeaderSigner(new ParamsText(), SignatureText.HEX, key);
      case HTTP_MESSAGE_SIGNATURES -> new MessageSigner(key, requestIdHeader);
    };
  }

  /**
   * The other side's check, for one event loop.
   *
   * @param keys those valid now: shared secrets or public keys, two during a rotation
   * @param toleranceMillis how far a signature's time may be from the verifier's clock
   */
  public static Verifier verifier(
      SigningMode mode, List<SigningKey> keys, String requestIdHeader, long toleranceMillis) {
    List<SigningKey> fitted = keys.stream().map(key -> fitted(mode, key)).toList();
    return switch (mode) {
      case BEARER -> NOTHING_TO_CHECK;
      case HMAC_SHA256 -> new HeaderVerifier(new RequestText(), SignatureText.HEX, fitted);
      case RSA_SHA256 -> new HeaderVerifier(new RequestText(), SignatureText.BASE64, fitted);
      case SORTED_PARAMS -> new HeaderVerifier(new ParamsText(), SignatureText.HEX, fitted);
      case HTTP_MESSAGE_SIGNATURES ->
        new MessageVerifier(
            fitted, requestIdHeader.toLowerCase(Locale.ROOT), toleranceMillis / 1000);
    };
  }

  private static SigningKey fitted(SigningMode mode, SigningKey key) {
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
