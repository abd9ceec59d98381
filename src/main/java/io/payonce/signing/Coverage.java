package io.payonce.signing;

import java.util.ArrayList;
import java.util.List;

/**
 * Says what an HTTP message signature of ours covers, and so what a verifier insists on: a
 * signature over less proves less.
 */
public final class Coverage {
  static final String METHOD = "@method";
  static final String AUTHORITY = "@authority";
  static final String PATH = "@path";
  static final String QUERY = "@query";
  static final String TIMESTAMP = "x-timestamp";
  static final String CONTENT_TYPE = "content-type";

  public static final String CONTENT_DIGEST = "content-digest";

  private final List<List<String>> byShape = new ArrayList<>();

  /** @param requestIdField the header of the request id, in lower case */
  public Coverage(String requestIdField) {
    for (int shape = 0; shape < 8; shape++) {
      byShape.add(components(shape, requestIdField));
    }
  }

  /** The names of the components, in their order. */
  public List<String> of(SigningInput input) {
    int query = input.target().query() == null ? 0 : 1;
    int body = input.body().length == 0 ? 0 : 2;
    int contentType = input.contentType() == null ? 0 : 4;
    return byShape.get(query | body | contentType);
  }

  private static List<String> components(int shape, String requestIdField) {
    List<String> names = new ArrayList<>(List.of(METHOD, AUTHORITY, PATH));
    addIf((shape & 1) != 0, QUERY, names);
    addIf((shape & 2) != 0, CONTENT_DIGEST, names);
    addIf((shape & 4) != 0, CONTENT_TYPE, names);
    names.add(TIMESTAMP);
    names.add(requestIdField);
    return List.copyOf(names);
  }

  private static void addIf(boolean present, String name, List<String> names) {
    if (present) {
      names.add(name);
    }
  }
}
