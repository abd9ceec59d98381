package io.payonce.credentials;

import io.payonce.codes.Remedy;
import java.util.Optional;

/**
 * Names what the platform lends us for a time, each after those it may need: a key may be asked for
 * under a session, a working key under a terminal master key (platform.md#credentials).
 */
public enum Credential {
  SESSION("session", Remedy.LOG_IN),
  TMK("tmk", Remedy.RENEW_TMK),
  WORKING_KEY("workingKey", Remedy.RENEW_KEY);

  private final String word;
  private final Remedy remedy;

  Credential(String word, Remedy remedy) {
    this.word = word;
    this.remedy = remedy;
  }

  /** The name in the configuration, in templates and in Redis. */
  public String word() {
    return word;
  }

  /** The one whose absence this remedy cures. */
  public static Optional<Credential> curedBy(Remedy remedy) {
    for (Credential credential : values()) {
      if (credential.remedy == remedy) {
        return Optional.of(credential);
      }
    }
    return Optional.empty();
  }
}
