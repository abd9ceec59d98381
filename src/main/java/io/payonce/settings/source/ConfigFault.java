package io.payonce.settings.source;

/**
 * One thing wrong with the configuration. {@code value} is already masked, so a fault may be
 * printed or logged as it is.
 *
 * @param key the key as it stands in the YAML file
 * @param source {@code file:line}, the variable's name, or {@code default}
 * @param value what was found, masked where secret; empty when nothing was or it must not be shown
 * @param expected what would have been accepted
 */
public record ConfigFault(String key, String source, String value, String expected) {
  /** The same, of a key that stands in a section of a list. */
  ConfigFault in(SectionList list, int index) {
    return new ConfigFault(
        key.isEmpty() ? list.path + "[" + index + "]" : Section.path(list, index, key),
        source,
        value,
        expected);
  }

  @Override
  public String toString() {
    String found = value.isEmpty() ? "" : " = " + value;
    return key + found + " (" + source + "): expected " + expected;
  }
}
