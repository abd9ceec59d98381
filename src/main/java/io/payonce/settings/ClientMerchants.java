package io.payonce.settings;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the rows of {@code client.merchants}: {@code name=M1|M2}. */
final class ClientMerchants {
  private ClientMerchants() {}

  static Map<String, Set<String>> of(List<String> rows) {
    return rows.stream()
        .collect(Collectors.toUnmodifiableMap(
            ClientMerchants::name,
            row -> Set.copyOf(merchants(row)),
            (one, other) -> one)); // a fault of its own: never shown
  }

  static boolean isDistinct(List<String> rows) {
    return areDistinct(rows.stream().map(ClientMerchants::name).toList())
        && rows.stream().map(ClientMerchants::merchants).allMatch(ClientMerchants::areDistinct);
  }

  /** @param keys the rows of {@code client.keys} */
  static boolean areOf(List<String> rows, List<String> keys) {
    Set<String> names =
        keys.stream().map(key -> ClientKey.parse(key).name()).collect(Collectors.toSet());
    return rows.stream().map(ClientMerchants::name).allMatch(names::contains);
  }

  private static boolean areDistinct(Collection<String> words) {
    return words.stream().distinct().count() == words.size();
  }

  private static String name(String row) {
    return row.substring(0, row.indexOf('='));
  }

  private static List<String> merchants(String row) {
    return Arrays.asList(row.substring(row.indexOf('=') + 1).split("\\|"));
  }
}
