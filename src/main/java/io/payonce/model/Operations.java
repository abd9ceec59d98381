package io.payonce.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The calls that a pod knows: those of this program, and what its configuration adds. */
public final class Operations {
  /** Those of this program alone. */
  public static final Operations KNOWN = new Operations(List.of());

  private final Map<String, Operation> byPath = new HashMap<>();
  private final Set<String> inSmallLetters = new HashSet<>();
  private final List<Operation> added;

  private Operations(List<Operation> added) {
    this.added = added;
    all().forEach(operation -> byPath.put(operation.path(), operation));
    all().forEach(operation -> inSmallLetters.add(operation.path().toLowerCase(Locale.ROOT)));
  }

  /** @param added none at a path of this program's, and no two at one */
  public static Operations with(List<AddedOperation> added) {
    return added.isEmpty()
        ? KNOWN
        : new Operations(added.stream().map(AddedOperation::operation).toList());
  }

  /** The operation at this path, or null when none is described. */
  public Operation at(String path) {
    return byPath.get(path);
  }

  /**
   * Whether a path, in small letters, is one of theirs, or one with an ending. An operator's path
   * may have a dot of its own, so what follows any of them may be the ending.
   */
  public boolean resembles(String path) {
    return inSmallLetters.stream()
        .anyMatch(known -> path.startsWith(known)
            && (path.length() == known.length()
                || path.charAt(known.length()) == '.' && path.indexOf('/', known.length()) < 0));
  }

  public Stream<Operation> all() {
    return Stream.concat(Operation.known().stream(), added.stream());
  }

  /** What configuration adds, in its order. */
  public List<Operation> added() {
    return added;
  }

  /**
   * True when a path ends as that of one of the platform's questions does: such a call moves no
   * money, whatever it asks about.
   */
  public static boolean isQuestion(String path) {
    String last = path.substring(path.lastIndexOf('/') + 1);
    return Operation.known().stream()
        .filter(operation -> operation.method().equals("GET"))
        .anyMatch(operation -> operation.path().endsWith("/" + last));
  }
}
