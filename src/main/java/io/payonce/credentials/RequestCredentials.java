package io.payonce.credentials;

import io.payonce.signing.Signing;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Holds what proves to the platform who we are; it changes as a whole or not at all.
 *
 * @param apiKey sent as a bearer token; empty where a signature says it all
 * @param headers sent besides, such as a session; they win over all others
 */
public record RequestCredentials(
    String apiKey, Signing signing, List<Map.Entry<String, String>> headers) {
  public RequestCredentials {
    Objects.requireNonNull(apiKey, "apiKey");
    Objects.requireNonNull(signing, "signing");
    headers = List.copyOf(headers);
  }

  public RequestCredentials(String apiKey, Signing signing) {
    this(apiKey, signing, List.of());
  }

  @Override
  public String toString() {
    return "Access[apiKey=***, signing=***, headers=***]";
  }
}
