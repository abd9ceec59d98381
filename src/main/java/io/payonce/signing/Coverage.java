package io.payonce.signing;

import java.util.ArrayList;
import java.util.List;

/**
 * What an HTTP message signature of ours covers, and so what the verifier insists on: a signature
 * over less proves less.
 */
final class Coverage {
  static final String TIMESTAMP = "x-timestamp";
  static final String CONTENT_TYPE = "content-type";
  static final String CONTENT_DIGEST = "content-digest";

  private final List<List<Component>> byShape = new ArrayList<>();

  Coverage(String requestIdField) {
    for (int shape = 0; shape < 8; shape++) {
      byShape.add(components(shape, requestIdField));
    }
  }

  List<Component> of(SigningInput input) {
    int query = input.query() == null ? 0 : 1;
    int body = input.body().length == 0 ? 0 : 2;
    int contentType = input.contentType() == null ? 0 : 4;
    return byShape.get(query | body | contentType);
  }

  private static List<Component> components(int shape, String requestIdField) {
    List<String> names = new ArrayList<>(List.of("@method", "@authority", "@path"));
    addIf((shape & 1) != 0, "@query", names);
    addIf((shape & 2) != 0, CONTENT_DIGEST, names);
    addIf((shape & 4) != 0, CONTENT_TYPE, names);
    names.add(TIMESTAMP);
    names.add(requestIdField);
    return names.stream().map(Component::of).toList();
  }

  private static void addIf(boolean present, String name, List<String> names) {
    if (present) {
      names.add(name);
    }
  }
}
