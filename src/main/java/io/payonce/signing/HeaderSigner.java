package io.payonce.signing;

import java.util.function.BiConsumer;

/** Signs with one header of our own, X-Signature, and names the key beside it. */
final class HeaderSigner implements Signer {
  static final String SIGNATURE = "X-Signature";
  static final String KEY_ID = "X-Signature-Key-Id";

  private final SignedText text;
  private final SignatureText spelling;
  private final String keyId;
  private final SigningEngine seal;
  private final ByteSink sink = new ByteSink();

  HeaderSigner(SigningMode mode, SigningKey key) {
    this.text = SignedText.of(mode);
    this.spelling = SignatureText.of(mode);
    this.keyId = key.id();
    this.seal = SigningEngine.of(key);
  }

  @Override
  public void sign(SigningInput input, BiConsumer<String, String> header) {
    text.write(input, sink.clear());
    header.accept(SIGNATURE, spelling.encode(seal.over(sink)));
    if (keyId != null) {
      header.accept(KEY_ID, keyId);
    }
  }
}
