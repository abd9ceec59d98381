package io.payonce.platform;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tells which headers of a caller go upstream: all that are neither the hop's nor ours to make. */
public final class Headers {
  private static final Comparator<String> ANY_CASE = String.CASE_INSENSITIVE_ORDER;

  private static final List<String> HOP =
      List.of("Connection", "Keep-Alive", "TE", "Trailer", "Transfer-Encoding", "Upgrade");

  private static final List<String> MADE_HERE = List.of(
      "Host",
      "Content-Length",
      "Authorization",
      "X-Client-Request-Id",
      "X-Request-Id",
      "X-Timestamp",
      "Signature",
      "Signature-Input",
      "Content-Digest");

  /** Meant for us, or asking for an answer other than the whole plain one that we must read. */
  private static final List<String> NOT_UPSTREAM = List.of(
      "Cookie",
      "Expect",
      "Prefer",
      "Accept-Encoding",
      "Range",
      "If-Range",
      "If-Match",
      "If-None-Match",
      "If-Modified-Since",
      "If-Unmodified-Since",
      "Forwarded");

  private static final List<String> PREFIXES = List.of("proxy-", "x-forwarded-", "x-signature");

  /** By length: hardly ever more than four to compare with, and no name is turned lower case. */
  private final String[][] stripped;

  /** @param requestIdHeaders what the platform is told request ids in */
  public Headers(List<String> requestIdHeaders) {
    List<String> all = Stream.of(HOP, MADE_HERE, NOT_UPSTREAM, requestIdHeaders)
        .flatMap(List::stream)
        .toList();
    int longest = all.stream().mapToInt(String::length).max().orElse(0);
    stripped = IntStream.rangeClosed(0, longest)
        .mapToObj(
            length -> all.stream().filter(name -> name.length() == length).toArray(String[]::new))
        .toArray(String[][]::new);
  }

  /** What of a caller's request belongs in a {@link Message}, in its order. */
  public List<Map.Entry<String, String>> endToEnd(MultiMap callers) {
    Set<String> named = namedByConnection(callers);
    List<Map.Entry<String, String>> kept = new ArrayList<>(callers.size());
    callers.forEach((name, value) -> {
      if (!named.contains(name) && passes(name)) {
        kept.add(Map.entry(name, value));
      }
    });
    return kept;
  }

  private boolean passes(String name) {
    for (String prefix : PREFIXES) {
      if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
        return false;
      }
    }
    return !isStripped(name);
  }

  private boolean isStripped(String name) {
    if (name.length() < stripped.length) {
      for (String other : stripped[name.length()]) {
        if (name.equalsIgnoreCase(other)) {
          return true;
        }
      }
    }
    return false;
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
