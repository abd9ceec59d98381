package io.payonce.json;

/** Why a text is not the JSON we need: what is wrong, and where; never a piece of the text. */
public final class Malformed extends Exception {
  private final boolean isSyntax;

  public Malformed(String what, boolean isSyntax) {
    super(what, null, false, false);
    this.isSyntax = isSyntax;
  }

  /** True for broken JSON, false for a well-formed text with a field of the wrong type. */
  public boolean isSyntax() {
    return isSyntax;
  }
}
