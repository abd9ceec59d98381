package io.payonce.sandbox.signature;

import io.payonce.signing.ByteSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.greenbytes.http.sfv.InnerList;

/** An HTTP message as the RFC prints it, read from the test resources. */
public record WireMessage(
    String method,
    String path,
    String query,
    int status,
    HttpMessage request,
    Map<String, List<String>> fields,
    String body)
    implements HttpMessage {

  public static String text(String name) {
    try (InputStream in = WireMessage.class.getResourceAsStream("/rfc9421/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static WireMessage read(String name) {
    return parse(text(name));
  }

  static WireMessage parse(String text) {
    String[] headAndBody = text.split("\n\n", 2);
    String[] lines = headAndBody[0].stripTrailing().split("\n(?![ \t])");
    String[] start = lines[0].split(" ");
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      fields
          .computeIfAbsent(
              lines[i].substring(0, colon).toLowerCase(Locale.ROOT), k -> new ArrayList<>())
          .add(lines[i].substring(colon + 1));
    }
    String body = headAndBody.length == 1 ? "" : headAndBody[1].stripTrailing();
    if (start[0].startsWith("HTTP/")) {
      return new WireMessage(null, null, null, Integer.parseInt(start[1]), null, fields, body);
    }
    String[] target = start[1].split("\\?", 2);
    return new WireMessage(
        start[0], target[0], target.length == 1 ? null : target[1], 0, null, fields, body);
  }

  WireMessage answering(HttpMessage asked) {
    return new WireMessage(method, path, query, status, asked, fields, body);
  }

  @Override
  public String scheme() {
    return "https";
  }

  @Override
  public String authority() {
    return fields.get("host").get(0).strip();
  }

  @Override
  public List<String> field(String name) {
    return fields.getOrDefault(name, List.of());
  }

  InnerList signatureInput(String label) {
    return (InnerList) StructuredFields.dictionary(field("signature-input")).get(label);
  }

  byte[] signature(String label) {
    return StructuredFields.bytes(
        StructuredFields.dictionary(field("signature")).get(label));
  }

  ByteSink base(InnerList input) {
    ByteSink sink = new ByteSink();
    SignatureBase.write(
        input.get().stream().map(Component::of).toList(), input.serialize(), this, sink);
    return sink;
  }
}
