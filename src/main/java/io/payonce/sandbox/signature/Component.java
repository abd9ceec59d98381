package io.payonce.sandbox.signature;

import io.payonce.signing.QueryParam;
import io.payonce.signing.UnsignableException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.ListElement;
import org.greenbytes.http.sfv.Parameters;
import org.greenbytes.http.sfv.StringItem;

/**
 * A part of a message that a signature covers (RFC 9421, section 2), and its value in a given
 * message. Known: all derived components, fields, and the parameters {@code req}, {@code key},
 * {@code bs} and {@code name}; {@code sf} and {@code tr} are refused.
 */
record Component(String name, Parameters params, String identifier) {

  static Component of(Item<?> item) {
    if (!(item instanceof StringItem name) || name.get().isEmpty()) {
      throw new UnsignableException("a covered component is not a string");
    }
    return new Component(name.get(), item.getParams(), item.serialize());
  }

  /** The order of parameters does not make another component of it (section 2). */
  Object identity() {
    Map<String, String> each = new HashMap<>();
    params.forEach((key, value) -> each.put(key, value.serialize()));
    return List.of(name, each);
  }

  String valueIn(HttpMessage message) {
    boolean ofRequest = params.containsKey("req");
    HttpMessage source = ofRequest ? message.request() : message;
    if (source == null || (source.status() != 0) != isOfResponse(ofRequest, message)) {
      throw absent();
    }
    String value = name.startsWith("@") ? derived(source) : field(source.field(name));
    if (value == null) {
      throw absent();
    }
    return value;
  }

  // Requests have no status and responses no method; a field may be of either.
  private boolean isOfResponse(boolean ofRequest, HttpMessage message) {
    if (name.startsWith("@")) {
      return name.equals("@status");
    }
    return !ofRequest && message.status() != 0;
  }

  private String derived(HttpMessage source) {
    allow(name.equals("@query-param") ? Set.of("req", "name") : Set.of("req"));
    return switch (name) {
      case "@method" -> source.method();
      case "@scheme" -> source.scheme().toLowerCase(Locale.ROOT);
      case "@authority" -> authority(source);
      case "@target-uri" ->
        source.scheme().toLowerCase(Locale.ROOT) + "://" + authority(source) + target(source);
      case "@request-target" -> target(source);
      case "@path" -> path(source);
      case "@query" -> "?" + (source.query() == null ? "" : source.query());
      case "@query-param" -> queryParam(source.query());
      case "@status" -> Integer.toString(source.status());
      default -> null;
    };
  }

  private String queryParam(String query) {
    List<String> values = QueryParam.all(query).stream()
        .filter(param -> QueryParam.encode(param.name()).equals(text("name")))
        .map(param -> QueryParam.encode(param.value()))
        .toList();
    // Twice the same name could be read as either by the receiver, so neither can be signed.
    return values.size() == 1 ? values.get(0) : null;
  }

  private String field(List<String> lines) {
    allow(Set.of("req", "key", "bs"));
    if (lines.isEmpty() || !name.equals(name.toLowerCase(Locale.ROOT))) {
      return null;
    }
    if (params.containsKey("key")) {
      ListElement<?> member =
          params.containsKey("bs") ? null : StructuredFields.dictionary(lines).get(text("key"));
      return member == null ? null : member.serialize();
    }
    return lines.stream()
        .map(params.containsKey("bs") ? Component::wrapped : Component::unfolded)
        .collect(Collectors.joining(", "));
  }

  /** Empty where the parameter is not there, or is no text: no name is. */
  private String text(String param) {
    return params.get(param) instanceof StringItem text ? text.get() : "";
  }

  private void allow(Set<String> known) {
    if (!known.containsAll(params.keySet())) {
      throw new UnsignableException("a covered component has a parameter that is not supported");
    }
  }

  private static String authority(HttpMessage source) {
    String authority = source.authority().toLowerCase(Locale.ROOT);
    String ownPort = source.scheme().equalsIgnoreCase("https") ? ":443" : ":80";
    return authority.endsWith(ownPort)
        ? authority.substring(0, authority.length() - ownPort.length())
        : authority;
  }

  private static String target(HttpMessage source) {
    return source.query() == null ? path(source) : path(source) + "?" + source.query();
  }

  private static String path(HttpMessage source) {
    return source.path().isEmpty() ? "/" : source.path();
  }

  private static String unfolded(String line) {
    String trimmed = line.strip();
    return trimmed.indexOf('\n') < 0 ? trimmed : trimmed.replaceAll("[ \t]*\r?\n[ \t]+", " ");
  }

  private static String wrapped(String line) {
    byte[] bytes = unfolded(line).getBytes(StandardCharsets.ISO_8859_1);
    return ":" + Base64.getEncoder().encodeToString(bytes) + ":";
  }

  private UnsignableException absent() {
    return new UnsignableException("a covered component is not in the message, or not unambiguous");
  }
}
