package io.payonce.sandbox.http;

import io.payonce.sandbox.request.SandboxSettings;
import io.payonce.sandbox.signature.PublicKeys;
import io.payonce.sandbox.signature.SignatureVerdict;
import io.payonce.sandbox.signature.Verifier;
import io.payonce.sandbox.signature.Verifiers;
import io.payonce.signing.Signing;
import io.payonce.signing.SigningInput;
import io.payonce.signing.SigningKey;
import io.payonce.signing.SigningMode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Checks signatures as the settings say, with every key that is valid now. */
final class Signatures {
  private static final long TOLERANCE_MILLIS = 600_000;
  private static final String REQUEST_ID = Signing.DEFAULT_REQUEST_ID_HEADER;

  private record Rule(String mode, Set<String> keys, List<String> workingKeys) {}

  private Rule rule;
  private Verifier verifier;

  boolean accepts(
      HttpServerRequest request,
      Buffer body,
      SandboxSettings settings,
      List<String> workingKeys,
      long platformMillis) {
    use(new Rule(settings.access().signingMode(), settings.access().signingKeys(), workingKeys));
    return verifier
        .verify(input(request, body), name -> request.headers().getAll(name), platformMillis)
        .isValid();
  }

  private void use(Rule wanted) {
    if (!wanted.equals(rule)) {
      verifier = verifier(wanted);
      rule = wanted;
    }
  }

  /** While mode and keys do not fit each other, as between two changes, nothing is accepted. */
  private static Verifier verifier(Rule wanted) {
    try {
      return Verifiers.of(
          SigningMode.of(wanted.mode()), keys(wanted), REQUEST_ID, TOLERANCE_MILLIS);
    } catch (IllegalArgumentException e) {
      return (input, headers, nowMillis) -> SignatureVerdict.MISMATCH;
    }
  }

  private static List<SigningKey> keys(Rule wanted) {
    List<SigningKey> keys = new ArrayList<>();
    Set<String> ids = new TreeSet<>();
    for (String entry : wanted.keys()) {
      keys.add(PublicKeys.entry(entry));
      ids.add(entry.substring(0, entry.indexOf(':')));
    }
    if (ids.isEmpty()) {
      ids.add("");
    }
    if (SigningMode.of(wanted.mode()) != SigningMode.RSA_SHA256) {
      wanted
          .workingKeys()
          .forEach(value -> ids.forEach(id -> keys.add(PublicKeys.entry(id + ':' + value))));
    }
    return keys;
  }

  private static SigningInput input(HttpServerRequest request, Buffer body) {
    return new SigningInput(
        request.method().name(),
        new SigningInput.Target(
            "http", request.authority().toString(), request.path(), request.query()),
        request.getHeader("Content-Type"),
        request.getHeader("X-Timestamp"),
        request.getHeader(REQUEST_ID),
        body.getBytes());
  }
}
