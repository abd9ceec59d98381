package io.payonce.settings;

import io.payonce.settings.source.Key;
import io.payonce.settings.source.Values;
import java.util.Set;

/** Names the key material that a signing mode cannot do without. */
final class SigningNeeds {
  private static final Set<String> SHARED_SECRET = Set.of("hmac-sha256", "sorted-params");

  private SigningNeeds() {}

  static boolean secretOfOurs(Values v) {
    return secret(v) && !fromWorkingKey(v);
  }

  static boolean fromWorkingKey(Values v) {
    return v.text(Key.SIGNING_SECRET_FROM).equals("workingKey");
  }

  static boolean secret(Values v) {
    return SHARED_SECRET.contains(v.text(Key.SIGNING_MODE))
        || messageSignatures(v) && algorithm(v).equals("hmac-sha256");
  }

  static boolean privateKey(Values v) {
    return v.text(Key.SIGNING_MODE).equals("rsa-sha256")
        || messageSignatures(v) && !algorithm(v).isEmpty() && !secret(v);
  }

  static boolean messageSignatures(Values v) {
    return v.text(Key.SIGNING_MODE).equals("http-message-signatures");
  }

  private static String algorithm(Values v) {
    return v.maybe(Key.SIGNING_ALGORITHM).orElse("");
  }
}
