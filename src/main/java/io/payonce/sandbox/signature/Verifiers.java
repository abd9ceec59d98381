package io.payonce.sandbox.signature;

import io.payonce.signing.SignatureText;
import io.payonce.signing.SignedText;
import io.payonce.signing.Signing;
import io.payonce.signing.SigningKey;
import io.payonce.signing.SigningMode;
import java.util.List;
import java.util.Locale;

/** The other side of {@link Signing}: what checks the signatures of a mode. */
public final class Verifiers {
  private static final Verifier NOTHING_TO_CHECK =
      (input, headers, nowMillis) -> SignatureVerdict.VALID;

  private Verifiers() {}

  /**
   * A check for one event loop.
   *
   * @param keys those valid now: shared secrets or public keys, two during a rotation
   * @param requestIdHeader the request id header that an HTTP message signature must cover
   * @param toleranceMillis how far a signature's time may be from the verifier's clock
   */
  public static Verifier of(
      SigningMode mode, List<SigningKey> keys, String requestIdHeader, long toleranceMillis) {
    List<SigningKey> fitted =
        keys.stream().map(key -> Signing.fitted(mode, key)).toList();
    return switch (mode) {
      case BEARER -> NOTHING_TO_CHECK;
      case HMAC_SHA256, RSA_SHA256, SORTED_PARAMS ->
        new HeaderVerifier(SignedText.of(mode), SignatureText.of(mode), fitted);
      case HTTP_MESSAGE_SIGNATURES ->
        new MessageVerifier(
            fitted, requestIdHeader.toLowerCase(Locale.ROOT), toleranceMillis / 1000);
    };
  }
}
