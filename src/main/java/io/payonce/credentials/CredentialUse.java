package io.payonce.credentials;

import io.payonce.signing.Signing;
import io.payonce.signing.SigningKey;
import io.payonce.signing.SigningMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Says how the credentials that the platform lends us are used.
 *
 * @param signsAs the mode the working key signs in; null when it does not sign
 * @param keyId may be null
 * @param requestIdHeader the one that is signed
 * @param sessionHeader what carries the session; Authorization carries it as a bearer token
 */
public record CredentialUse(
    SigningMode signsAs, String keyId, String requestIdHeader, String sessionHeader) {
  /** For platforms that lend nothing. */
  public static final CredentialUse NONE =
      new CredentialUse(null, null, Signing.DEFAULT_REQUEST_ID_HEADER, "X-Session-Id");

  /** The static keys, and with them what is lent to us now. */
  RequestCredentials over(RequestCredentials fixed, Map<Credential, String> granted) {
    return new RequestCredentials(fixed.apiKey(), signing(fixed, granted), headers(granted));
  }

  private Signing signing(RequestCredentials fixed, Map<Credential, String> granted) {
    String workingKey = granted.get(Credential.WORKING_KEY);
    if (signsAs == null || workingKey == null) {
      return fixed.signing();
    }
    byte[] secret = workingKey.getBytes(StandardCharsets.UTF_8);
    return new Signing(signsAs, SigningKey.ofSecret(keyId, secret), requestIdHeader);
  }

  private List<Map.Entry<String, String>> headers(Map<Credential, String> granted) {
    String session = granted.get(Credential.SESSION);
    if (session == null) {
      return List.of();
    }
    boolean bearer = sessionHeader.equalsIgnoreCase("Authorization");
    return List.of(Map.entry(sessionHeader, bearer ? "Bearer " + session : session));
  }
}
