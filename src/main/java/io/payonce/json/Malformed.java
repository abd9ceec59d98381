package io.payonce.json;

/** Says why a text is not the JSON we need: what is wrong, and where; never a piece of the text. */
public final class Malformed extends Exception {
  public Malformed(String what) {
    super(what, null, false, false);
  }
}
