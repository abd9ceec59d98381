package io.payonce.sandbox.signature;

import io.payonce.signing.ByteSink;
import io.payonce.signing.Coverage;
import io.payonce.signing.SigningInput;
import io.payonce.signing.SigningKey;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.IntegerItem;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.ListElement;
import org.greenbytes.http.sfv.Parameters;
import org.greenbytes.http.sfv.StringItem;

/**
 * Verifies HTTP message signatures: one of the request's must be by a known key, timely, and cover
 * all that ours cover.
 */
final class MessageVerifier implements Verifier {
  private final VerificationKeys keys;
  private final Coverage coverage;
  private final long toleranceSeconds;
  private final ByteSink sink = new ByteSink();

  MessageVerifier(List<SigningKey> keys, String requestIdField, long toleranceSeconds) {
    this.keys = new VerificationKeys(keys);
    this.coverage = new Coverage(requestIdField);
    this.toleranceSeconds = toleranceSeconds;
  }

  @Override
  public SignatureVerdict verify(
      SigningInput input, Function<String, List<String>> headers, long nowMillis) {
    try {
      var inputs = StructuredFields.dictionary(headers.apply("signature-input"));
      var signatures = StructuredFields.dictionary(headers.apply("signature"));
      RequestMessage message = new RequestMessage(input, headers);
      SignatureVerdict verdict = SignatureVerdict.UNSIGNED;
      for (var entry : inputs.entrySet()) {
        verdict =
            judge(entry.getValue(), signatures.get(entry.getKey()), message, nowMillis / 1000);
        if (verdict.isValid()) {
          return verdict;
        }
      }
      return verdict;
    } catch (IllegalArgumentException e) {
      return SignatureVerdict.MALFORMED;
    }
  }

  private SignatureVerdict judge(
      ListElement<?> input, ListElement<?> signature, RequestMessage message, long nowSeconds) {
    byte[] seal = StructuredFields.bytes(signature);
    if (!(input instanceof InnerList list) || seal == null) {
      return SignatureVerdict.MALFORMED;
    }
    Parameters params = list.getParams();
    List<Component> covered = list.get().stream().map(Component::of).toList();
    SignatureVerdict verdict = firstRefusal(params, covered, message, nowSeconds);
    if (!verdict.isValid()) {
      return verdict;
    }
    SignatureBase.write(covered, list.serialize(), message, sink.clear());
    return VerificationKeys.judge(candidates(params), sink, seal);
  }

  private SignatureVerdict firstRefusal(
      Parameters params, List<Component> covered, RequestMessage message, long nowSeconds) {
    SignatureVerdict time = judgeTime(params, nowSeconds);
    if (!time.isValid()) {
      return time;
    }
    if (!coversEnough(covered, message.input())) {
      return SignatureVerdict.UNCOVERED;
    }
    if (!digestHolds(message)) {
      return SignatureVerdict.WRONG_DIGEST;
    }
    return candidates(params).isEmpty() ? keyRefusal(params) : SignatureVerdict.VALID;
  }

  // Also without a body: a digest that was signed shows that the body was taken away.
  private boolean digestHolds(RequestMessage message) {
    List<String> given = message.field(Coverage.CONTENT_DIGEST);
    byte[] body = message.input().body();
    return (given.isEmpty() && body.length == 0) || DigestCheck.matches(given, body);
  }

  private SignatureVerdict judgeTime(Parameters params, long nowSeconds) {
    if (!(params.get("created") instanceof IntegerItem time)) {
      return SignatureVerdict.MALFORMED;
    }
    long created = time.get();
    if (created > nowSeconds + toleranceSeconds) {
      return SignatureVerdict.NOT_YET_VALID;
    }
    Item<?> expires = params.get("expires");
    boolean expired =
        expires != null && !(expires instanceof IntegerItem last && last.get() >= nowSeconds);
    return expired || created < nowSeconds - toleranceSeconds
        ? SignatureVerdict.EXPIRED
        : SignatureVerdict.VALID;
  }

  private boolean coversEnough(List<Component> covered, SigningInput input) {
    Set<String> identifiers =
        covered.stream().map(Component::identifier).collect(Collectors.toSet());
    return coverage.of(input).stream()
        .allMatch(needed -> identifiers.contains(StringItem.valueOf(needed).serialize()));
  }

  private List<VerificationKeys.Entry> candidates(Parameters params) {
    Item<?> algorithm = params.get("alg");
    return byId(params).stream()
        .filter(entry ->
            algorithm == null || entry.key().algorithm().wireName().equals(algorithm.get()))
        .toList();
  }

  private List<VerificationKeys.Entry> byId(Parameters params) {
    Item<?> id = params.get("keyid");
    return keys.named(id == null ? null : id.get().toString());
  }

  private SignatureVerdict keyRefusal(Parameters params) {
    return byId(params).isEmpty() ? SignatureVerdict.UNKNOWN_KEY : SignatureVerdict.WRONG_ALGORITHM;
  }
}
