package io.payonce.http.server;

import io.payonce.model.Operations;
import java.util.Locale;

/**
 * Distinguishes API calls by their paths. What another server might read as one of the platform's
 * operations, but we do not, is refused: it would move money without the ledger.
 */
public final class ApiPaths {
  private ApiPaths() {}

  static boolean isApi(String path) {
    return path != null && path.startsWith("/v1/");
  }

  /** Plain segments only: no escapes, no dots alone, no empty segment, no parameters. */
  static boolean isPlain(String path) {
    for (int i = 1; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean separated = path.charAt(i - 1) == '/';
      if (!isWordy(c) && !(c == '/' && !separated) && !(c == '.' && !separated)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Where a payment goes: nothing that it means stands in a query, so none goes along. What could
   * never be sent stays as it is, and is refused as what it is.
   */
  public static String ofPayment(String uri, String path) {
    for (int i = 0; i < uri.length(); i++) {
      if (uri.charAt(i) <= ' ' || uri.charAt(i) >= 0x7f) {
        return uri;
      }
    }
    return path;
  }

  private static boolean isWordy(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '-'
        || c == '_';
  }

  /**
   * A path that is no operation to us, but could be taken for one: some servers overlook case, a
   * slash at the end, or an ending such as .json.
   */
  public static boolean resemblesOperation(Operations operations, String path) {
    String plain = path.toLowerCase(Locale.ROOT);
    String bare = plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
    return operations.at(path) == null && operations.resembles(bare);
  }
}
