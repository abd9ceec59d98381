package io.payonce.settings.source;

/**
 * One section of a list, its values checked each on its own.
 *
 * @param index from 0, as in {@code accounts[0]}
 * @param source where it stands, for messages
 */
public record Section(SectionList list, int index, String source, Values values) {
  /** The name of one of its keys for an operator, such as {@code accounts[1].signing.mode}. */
  public String path(Key key) {
    return path(list, index, list.name(key));
  }

  static String path(SectionList list, int index, String name) {
    return list.path + "[" + index + "]." + name;
  }
}
