package io.payonce.sandbox.signature;

import io.payonce.signing.ByteSink;
import io.payonce.signing.SignatureText;
import io.payonce.signing.SignedText;
import io.payonce.signing.SigningInput;
import io.payonce.signing.SigningKey;
import java.util.List;
import java.util.function.Function;

/** Verifies what the modes with a header of our own sign. */
final class HeaderVerifier implements Verifier {
  private static final String SIGNATURE = "x-signature";
  private static final String KEY_ID = "x-signature-key-id";

  private final SignedText text;
  private final SignatureText spelling;
  private final VerificationKeys keys;
  private final ByteSink sink = new ByteSink();

  HeaderVerifier(SignedText text, SignatureText spelling, List<SigningKey> keys) {
    this.text = text;
    this.spelling = spelling;
    this.keys = new VerificationKeys(keys);
  }

  @Override
  public SignatureVerdict verify(
      SigningInput input, Function<String, List<String>> headers, long nowMillis) {
    List<String> signatures = headers.apply(SIGNATURE);
    List<String> keyIds = headers.apply(KEY_ID);
    if (signatures.isEmpty()) {
      return SignatureVerdict.UNSIGNED;
    }
    if (signatures.size() > 1 || keyIds.size() > 1) {
      return SignatureVerdict.MALFORMED;
    }
    return judge(input, signatures.get(0), keyIds.isEmpty() ? null : keyIds.get(0));
  }

  private SignatureVerdict judge(SigningInput input, String signature, String keyId) {
    try {
      text.write(input, sink.clear());
      return VerificationKeys.judge(keys.named(keyId), sink, spelling.decode(signature));
    } catch (IllegalArgumentException e) {
      return SignatureVerdict.MALFORMED;
    }
  }
}
