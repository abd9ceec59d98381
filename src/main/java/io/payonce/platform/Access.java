package io.payonce.platform;

import io.payonce.signing.Signing;
import java.util.Objects;

/**
 * What proves to the platform who we are; it changes as a whole or not at all.
 *
 * @param apiKey sent as a bearer token
 */
public record Access(String apiKey, Signing signing) {
  public Access {
    Objects.requireNonNull(apiKey, "apiKey");
    Objects.requireNonNull(signing, "signing");
  }

  @Override
  public String toString() {
    return "Access[apiKey=***, signing=***]";
  }
}
