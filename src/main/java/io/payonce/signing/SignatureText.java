package io.payonce.signing;

import java.util.Base64;
import java.util.HexFormat;

/** Spells a signature in X-Signature. */
public enum SignatureText {
  HEX {
    @Override
    public String encode(byte[] signature) {
      return HexFormat.of().formatHex(signature);
    }

    @Override
    public byte[] decode(String text) {
      if (text.chars().anyMatch(c -> c >= 'A' && c <= 'F')) {
        throw new IllegalArgumentException("hex is lower case here");
      }
      return HexFormat.of().parseHex(text);
    }
  },
  BASE64 {
    @Override
    public String encode(byte[] signature) {
      return Base64.getEncoder().encodeToString(signature);
    }

    @Override
    public byte[] decode(String text) {
      return Base64.getDecoder().decode(text);
    }
  };

  /** Of a mode with a header of our own. */
  public static SignatureText of(SigningMode mode) {
    return mode == SigningMode.RSA_SHA256 ? BASE64 : HEX;
  }

  public abstract String encode(byte[] signature);

  /** @throws IllegalArgumentException when the text is not of this spelling */
  public abstract byte[] decode(String text);
}
