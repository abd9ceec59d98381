package io.payonce.signing;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Verifies HTTP message signatures: one of the request's must be by a known key, timely, and cover
 * all that ours cover.
 */
final class MessageVerifier implements Verifier {
  private final KeyRing keys;
  private final Coverage coverage;
  private final long toleranceSeconds;
  private final ContentDigest digest = new ContentDigest();
  private final ByteSink sink = new ByteSink();

  MessageVerifier(List<SigningKey> keys, String requestIdField, long toleranceSeconds) {
    this.keys = new KeyRing(keys);
    this.coverage = new Coverage(requestIdField);
    this.toleranceSeconds = toleranceSeconds;
  }

  @Override
  public Verdict verify(
      SigningInput input, Function<String, List<String>> headers, long nowMillis) {
    try {
      var inputs = StructuredParser.dictionary(headers.apply("signature-input"));
      var signatures = StructuredParser.dictionary(headers.apply("signature"));
      RequestMessage message = new RequestMessage(input, headers);
      Verdict verdict = Verdict.UNSIGNED;
      for (var entry : inputs.entrySet()) {
        verdict =
            judge(entry.getValue(), signatures.get(entry.getKey()), message, nowMillis / 1000);
        if (verdict.isValid()) {
          return verdict;
        }
      }
      return verdict;
    } catch (IllegalArgumentException e) {
      return Verdict.MALFORMED;
    }
  }

  private Verdict judge(
      StructuredItem item, StructuredItem signature, RequestMessage message, long nowSeconds) {
    if (!(item.value() instanceof List<?> list)
        || signature == null
        || !(signature.value() instanceof byte[] seal)) {
      return Verdict.MALFORMED;
    }
    List<Component> covered =
        list.stream().map(each -> Component.of((StructuredItem) each)).toList();
    Verdict verdict = firstRefusal(item.params(), covered, message, nowSeconds);
    if (!verdict.isValid()) {
      return verdict;
    }
    SignatureBase.write(covered, item.text(), message, sink.clear());
    return KeyRing.judge(candidates(item.params()), sink, seal);
  }

  private Verdict firstRefusal(
      Map<String, Object> params,
      List<Component> covered,
      RequestMessage message,
      long nowSeconds) {
    Verdict time = judgeTime(params, nowSeconds);
    if (!time.isValid()) {
      return time;
    }
    if (!coversEnough(covered, message.input())) {
      return Verdict.UNCOVERED;
    }
    if (!digestHolds(message)) {
      return Verdict.WRONG_DIGEST;
    }
    return candidates(params).isEmpty() ? keyRefusal(params) : Verdict.VALID;
  }

  // Also without a body: a digest that was signed tells that somebody took the body away.
  private boolean digestHolds(RequestMessage message) {
    List<String> given = message.field(Coverage.CONTENT_DIGEST);
    byte[] body = message.input().body();
    return (given.isEmpty() && body.length == 0) || digest.matches(given, body);
  }

  private Verdict judgeTime(Map<String, Object> params, long nowSeconds) {
    if (!(params.get("created") instanceof Long created)) {
      return Verdict.MALFORMED;
    }
    if (created > nowSeconds + toleranceSeconds) {
      return Verdict.NOT_YET_VALID;
    }
    Object expires = params.getOrDefault("expires", Long.MAX_VALUE);
    boolean expired = !(expires instanceof Long last) || last < nowSeconds;
    return expired || created < nowSeconds - toleranceSeconds ? Verdict.EXPIRED : Verdict.VALID;
  }

  private boolean coversEnough(List<Component> covered, SigningInput input) {
    Set<String> identifiers =
        covered.stream().map(Component::identifier).collect(Collectors.toCollection(HashSet::new));
    return coverage.of(input).stream()
        .allMatch(needed -> identifiers.contains(needed.identifier()));
  }

  private List<KeyRing.Entry> candidates(Map<String, Object> params) {
    Object algorithm = params.get("alg");
    return byId(params).stream()
        .filter(entry -> algorithm == null || entry.key().algorithm().wireName().equals(algorithm))
        .toList();
  }

  private List<KeyRing.Entry> byId(Map<String, Object> params) {
    Object id = params.get("keyid");
    return keys.named(id == null ? null : id.toString());
  }

  private Verdict keyRefusal(Map<String, Object> params) {
    return byId(params).isEmpty() ? Verdict.UNKNOWN_KEY : Verdict.WRONG_ALGORITHM;
  }
}
