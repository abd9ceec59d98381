package io.payonce.signing;

import java.util.Base64;
import java.util.HexFormat;

/** How a signature is spelled in X-Signature. */
enum SignatureText {
  HEX {
    @Override
    String encode(byte[] signature) {
      return HexFormat.of().formatHex(signature);
    }

    @Override
    byte[] decode(String text) {
      if (text.chars().anyMatch(c -> c >= 'A' && c <= 'F')) {
        throw new IllegalArgumentException("hex is lower case here");
      }
      return HexFormat.of().parseHex(text);
    }
  },
  BASE64 {
    @Override
    String encode(byte[] signature) {
      return Base64.getEncoder().encodeToString(signature);
    }

    @Override
    byte[] decode(String text) {
      return Base64.getDecoder().decode(text);
    }
  };

  abstract String encode(byte[] signature);

  /** @throws IllegalArgumentException when the text is not of this spelling */
  abstract byte[] decode(String text);
}
