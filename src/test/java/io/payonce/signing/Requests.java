package io.payonce.signing;

import io.payonce.signing.SigningInput.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Requests to sign, and the headers that arrive with them at the verifier. */
public final class Requests {
  public static final long NOW_MILLIS = 1_700_000_000_000L;
  public static final String BODY = "{\"amount\":1,\"note\":\"Grüße\"}";

  private Requests() {}

  public static SigningInput post() {
    return new SigningInput(
        "POST",
        target("/v1/checkout/sale", null),
        "application/json",
        Long.toString(NOW_MILLIS),
        "3f1c9a52",
        utf8(BODY));
  }

  public static SigningInput get() {
    return new SigningInput(
        "GET",
        target("/v1/transaction/query", "appId=a1&note=Gr%C3%BC%C3%9Fe"),
        null,
        Long.toString(NOW_MILLIS),
        "3f1c9a52",
        new byte[0]);
  }

  private static Target target(String path, String query) {
    return new Target("https", "pay.example:8443", path, query);
  }

  public static SigningInput withMethod(SigningInput in, String method) {
    return copy(in, method, in.target(), in.timestampMillis(), in.requestId(), in.body());
  }

  public static SigningInput withPath(SigningInput in, String path) {
    return at(
        in, new Target(in.target().scheme(), authority(in), path, in.target().query()));
  }

  public static SigningInput withQuery(SigningInput in, String query) {
    return at(in, new Target(in.target().scheme(), authority(in), in.target().path(), query));
  }

  private static String authority(SigningInput in) {
    return in.target().authority();
  }

  public static SigningInput at(SigningInput in, Target target) {
    return copy(in, in.method(), target, in.timestampMillis(), in.requestId(), in.body());
  }

  public static SigningInput withTimestamp(SigningInput in, String timestamp) {
    return copy(in, in.method(), in.target(), timestamp, in.requestId(), in.body());
  }

  public static SigningInput withRequestId(SigningInput in, String requestId) {
    return copy(in, in.method(), in.target(), in.timestampMillis(), requestId, in.body());
  }

  public static SigningInput withBody(SigningInput in, String body) {
    return copy(in, in.method(), in.target(), in.timestampMillis(), in.requestId(), utf8(body));
  }

  private static SigningInput copy(
      SigningInput in, String method, Target target, String time, String id, byte[] body) {
    return new SigningInput(method, target, in.contentType(), time, id, body);
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The headers of a request as they go over the wire: its own and those of the signer. */
  public static final class Wire {
    public final Map<String, List<String>> headers = new HashMap<>();

    public Wire(SigningInput input) {
      put("x-timestamp", input.timestampMillis());
      put("x-client-request-id", input.requestId());
      if (input.contentType() != null) {
        put("content-type", input.contentType());
      }
    }

    public static Wire signed(Signer signer, SigningInput input) {
      Wire wire = new Wire(input);
      signer.sign(input, wire::add);
      return wire;
    }

    /** What arrives when an attacker on the way puts another request under the same signature. */
    public Wire under(SigningInput changed) {
      Wire wire = new Wire(changed);
      headers.forEach(wire.headers::putIfAbsent);
      return wire;
    }

    public void add(String name, String value) {
      headers
          .computeIfAbsent(name.toLowerCase(Locale.ROOT), k -> new ArrayList<>())
          .add(value);
    }

    public Wire put(String name, String value) {
      headers.put(name, List.of(value));
      return this;
    }

    public Wire without(String name) {
      headers.remove(name);
      return this;
    }

    public String get(String name) {
      return headers.get(name).get(0);
    }

    public List<String> all(String name) {
      return headers.getOrDefault(name, List.of());
    }
  }
}
