package io.payonce.signing;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A parameter of a query string, decoded as a form is. */
public record QueryParam(String name, String value) {

  public static List<QueryParam> all(String query) {
    List<QueryParam> params = new ArrayList<>();
    if (query == null) {
      return params;
    }
    for (String pair : query.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        params.add(
            new QueryParam(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1))));
      }
    }
    return params;
  }

  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new UnsignableException("the query has a broken percent escape");
    }
  }
}
