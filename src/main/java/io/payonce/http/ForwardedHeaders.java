package io.payonce.http;

import io.payonce.platform.PlatformRequest;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Selects the headers of a caller that go to the platform: those of a list and no others, because
 * the platform's gateways may read the rest as another path, another method or another caller.
 */
public final class ForwardedHeaders {
  private static final Comparator<String> ANY_CASE = String.CASE_INSENSITIVE_ORDER;

  private static final List<String> PASS =
      List.of("Content-Type", "Accept", "User-Agent", "traceparent");

  /** The hop's, ours to make, or asking for an answer other than the whole plain one. */
  private static final Set<String> NEVER = Set.of(
      "connection",
      "keep-alive",
      "te",
      "trailer",
      "transfer-encoding",
      "upgrade",
      "host",
      "content-length",
      "authorization",
      "x-client-request-id",
      "x-request-id",
      "x-timestamp",
      "signature",
      "signature-input",
      "content-digest",
      "content-encoding",
      "cookie",
      "expect",
      "prefer",
      "accept-encoding",
      "range",
      "if-range",
      "if-match",
      "if-none-match",
      "if-modified-since",
      "if-unmodified-since",
      "forwarded",
      "x-original-url",
      "x-rewrite-url");

  private static final List<String> NEVER_SO =
      List.of("proxy", "x-forwarded-", "x-signature", "x-http-method", "x-method", "x-envoy-");

  private final Set<String> passing = new TreeSet<>(ANY_CASE);

  /**
   * @param further what the configuration lets pass besides
   * @param requestIdHeaders in which the platform gets request ids
   */
  public ForwardedHeaders(List<String> further, List<String> requestIdHeaders) {
    Stream.concat(PASS.stream(), further.stream())
        .filter(ForwardedHeaders::mayPass)
        .forEach(passing::add);
    requestIdHeaders.forEach(passing::remove);
  }

  /** False for what is never passed on, not even when the configuration names it. */
  private static boolean mayPass(String name) {
    // Many servers read both alike.
    String plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
    return !NEVER.contains(plain) && NEVER_SO.stream().noneMatch(plain::startsWith);
  }

  /** What of a caller's request belongs in a {@link PlatformRequest}, in its order. */
  public List<Map.Entry<String, String>> endToEnd(MultiMap callers) {
    Set<String> named = namedByConnection(callers);
    List<Map.Entry<String, String>> kept = new ArrayList<>(PASS.size());
    callers.forEach((name, value) -> {
      if (passing.contains(name) && !named.contains(name)) {
        kept.add(Map.entry(name, value));
      }
    });
    return kept;
  }

  private static Set<String> namedByConnection(MultiMap callers) {
    List<String> connection = callers.getAll("Connection");
    if (connection.isEmpty()) {
      return Set.of();
    }
    return connection.stream()
        .flatMap(value -> List.of(value.split(",")).stream())
        .map(String::strip)
        .collect(Collectors.toCollection(() -> new TreeSet<>(ANY_CASE)));
  }
}
