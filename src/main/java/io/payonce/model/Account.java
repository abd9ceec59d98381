package io.payonce.model;

/**
 * Names one of the keys that the platform gave us, with all that belongs to it. A payment keeps the
 * one that it began with.
 *
 * @param name as the configuration has it; empty for that of the top level, which is that of all
 *     who have none of his own
 */
public record Account(String name) {
  public static final Account DEFAULT = new Account("");

  public boolean isDefault() {
    return name.isEmpty();
  }

  /** For operators: metrics, logs. No configured account is called so. */
  public String label() {
    return isDefault() ? "default" : name;
  }

  @Override
  public String toString() {
    return label();
  }
}
