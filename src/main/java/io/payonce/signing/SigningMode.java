package io.payonce.signing;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The ways to sign a request that {@code signing.mode} can name. */
public enum SigningMode {
  BEARER("bearer"),
  HMAC_SHA256("hmac-sha256"),
  RSA_SHA256("rsa-sha256"),
  SORTED_PARAMS("sorted-params"),
  HTTP_MESSAGE_SIGNATURES("http-message-signatures");

  private final String wireName;

  SigningMode(String wireName) {
    this.wireName = wireName;
  }

  /** The name used in the configuration. */
  public String wireName() {
    return wireName;
  }

  /** @throws IllegalArgumentException naming the modes there are */
  public static SigningMode of(String wireName) {
    return Arrays.stream(values())
        .filter(mode -> mode.wireName.equals(wireName))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("expected one of " + names()));
  }

  private static String names() {
    return Arrays.stream(values()).map(SigningMode::wireName).collect(Collectors.joining(", "));
  }
}
