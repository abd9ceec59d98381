package io.payonce.signing;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Signs as RFC 9421 says, under one label, with a Content-Digest when there is a body. */
final class MessageSigner implements Signer {
  private static final String LABEL = "payonce";

  private final Coverage coverage;
  private final String requestIdField;
  private final String keyParams;
  private final Seal seal;
  private final ContentDigest digest = new ContentDigest();
  private final ByteSink sink = new ByteSink();

  MessageSigner(SigningKey key, String requestIdField) {
    this.requestIdField = requestIdField;
    this.coverage = new Coverage(requestIdField);
    this.seal = Seal.of(key);
    String alg = ";alg=\"" + key.algorithm().wireName() + '"';
    this.keyParams = key.id() == null
        ? alg
        : new StructuredItem(List.of(), Map.of("keyid", key.id())).text().substring(2) + alg;
  }

  @Override
  public void sign(SigningInput input, BiConsumer<String, String> header) {
    String contentDigest = input.body().length == 0 ? null : digest.of(input.body());
    List<Component> covered = coverage.of(input);
    String params = params(covered, createdSeconds(input.timestampMillis()));
    RequestMessage message = new RequestMessage(input, name -> field(name, input, contentDigest));
    SignatureBase.write(covered, params, message, sink.clear());
    String signature = Base64.getEncoder().encodeToString(seal.over(sink));
    if (contentDigest != null) {
      header.accept("Content-Digest", contentDigest);
    }
    header.accept("Signature-Input", LABEL + '=' + params);
    header.accept("Signature", LABEL + "=:" + signature + ':');
  }

  private String params(List<Component> covered, long createdSeconds) {
    StringBuilder out = new StringBuilder(256).append('(');
    for (Component component : covered) {
      out.append(out.length() == 1 ? "" : " ").append(component.identifier());
    }
    return out.append(");created=").append(createdSeconds).append(keyParams).toString();
  }

  private List<String> field(String name, SigningInput input, String contentDigest) {
    return switch (name) {
      case Coverage.CONTENT_DIGEST -> present(contentDigest);
      case Coverage.CONTENT_TYPE -> present(input.contentType());
      case Coverage.TIMESTAMP -> present(input.timestampMillis());
      default -> name.equals(requestIdField) ? present(input.requestId()) : List.of();
    };
  }

  private static List<String> present(String value) {
    return value == null ? List.of() : List.of(value);
  }

  private static long createdSeconds(String timestampMillis) {
    try {
      return Long.parseLong(timestampMillis) / 1000;
    } catch (NumberFormatException e) {
      throw new UnsignableException("the timestamp is not a number of milliseconds");
    }
  }
}
