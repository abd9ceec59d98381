package io.payonce.signing;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/** Signs as RFC 9421 says, under one label, with a Content-Digest when there is a body. */
final class MessageSigner implements Signer {
  private static final String LABEL = "payonce";

  private final Coverage coverage;
  private final String requestIdField;
  private final String keyParams;
  private final SigningEngine seal;
  private final ContentDigest digest = new ContentDigest();
  private final ByteSink sink = new ByteSink();

  MessageSigner(SigningKey key, String requestIdField) {
    this.requestIdField = requestIdField;
    this.coverage = new Coverage(requestIdField);
    this.seal = SigningEngine.of(key);
    String alg = ";alg=\"" + key.algorithm().wireName() + '"';
    this.keyParams = key.id() == null ? alg : ";keyid=" + quoted(key.id()) + alg;
  }

  @Override
  public void sign(SigningInput input, BiConsumer<String, String> header) {
    String contentDigest = input.body().length == 0 ? null : digest.of(input.body());
    List<String> covered = coverage.of(input);
    String params = params(covered, createdSeconds(input.timestampMillis()));
    writeBase(input, contentDigest, covered, params);
    String signature = Base64.getEncoder().encodeToString(seal.over(sink));
    if (contentDigest != null) {
      header.accept("Content-Digest", contentDigest);
    }
    header.accept("Signature-Input", LABEL + '=' + params);
    header.accept("Signature", LABEL + "=:" + signature + ':');
  }

  /** The text that is signed (section 2.5): a line for each component, then the parameters. */
  private void writeBase(
      SigningInput input, String contentDigest, List<String> covered, String params) {
    sink.clear();
    for (String name : covered) {
      sink.printable("component", quoted(name)).put(':').put(' ');
      sink.printable("component value", value(name, input, contentDigest)).put('\n');
    }
    sink.printable("parameters", "\"@signature-params\": ").printable("parameters", params);
  }

  private String value(String name, SigningInput input, String contentDigest) {
    return switch (name) {
      case Coverage.METHOD -> input.method();
      case Coverage.AUTHORITY -> authority(input);
      case Coverage.PATH ->
        input.target().path().isEmpty() ? "/" : input.target().path();
      case Coverage.QUERY -> '?' + input.target().query();
      case Coverage.CONTENT_DIGEST -> contentDigest;
      case Coverage.CONTENT_TYPE -> input.contentType().strip();
      case Coverage.TIMESTAMP -> input.timestampMillis().strip();
      default -> input.requestId() == null ? null : input.requestId().strip();
    };
  }

  private static String authority(SigningInput input) {
    String authority = input.target().authority().toLowerCase(Locale.ROOT);
    String ownPort = input.target().scheme().equalsIgnoreCase("https") ? ":443" : ":80";
    return authority.endsWith(ownPort)
        ? authority.substring(0, authority.length() - ownPort.length())
        : authority;
  }

  private String params(List<String> covered, long createdSeconds) {
    StringBuilder out = new StringBuilder(256).append('(');
    for (String name : covered) {
      out.append(out.length() == 1 ? "" : " ").append(quoted(name));
    }
    return out.append(");created=").append(createdSeconds).append(keyParams).toString();
  }

  /** A string of RFC 8941. */
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static long createdSeconds(String timestampMillis) {
    try {
      return Long.parseLong(timestampMillis) / 1000;
    } catch (NumberFormatException e) {
      throw new UnsignableException("the timestamp is not a number of milliseconds");
    }
  }
}
