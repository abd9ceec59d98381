package io.payonce.platform.http;

import io.payonce.platform.http.RawServer.Received;
import io.payonce.sandbox.signature.SignatureVerdict;
import io.payonce.sandbox.signature.Verifiers;
import io.payonce.signing.SigningInput;
import io.payonce.signing.SigningKey;
import io.payonce.signing.SigningMode;
import java.util.List;

/** The platform's own check of a signature, from nothing but what came over the wire. */
final class SignedRequest {
  private SignedRequest() {}

  static SignatureVerdict verdict(Received send, SigningKey key) {
    return verdict(send, SigningMode.HMAC_SHA256, key);
  }

  static SignatureVerdict verdict(Received send, SigningMode mode, SigningKey key) {
    String[] line = send.line().split(" ");
    String[] target = line[1].split("\\?", 2);
    SigningInput input = new SigningInput(
        line[0],
        new SigningInput.Target(
            "http", send.header("Host"), target[0], target.length < 2 ? null : target[1]),
        send.header("Content-Type"),
        send.header("X-Timestamp"),
        send.header("X-Client-Request-Id"),
        send.body());
    return Verifiers.of(mode, List.of(key), "X-Client-Request-Id", 60_000)
        .verify(
            input,
            name -> send.headers().getOrDefault(name, List.of()),
            System.currentTimeMillis());
  }
}
