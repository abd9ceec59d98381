package io.payonce.model;

import java.util.Arrays;

/** The names of the stages. Their words are stored, and shown to operators. */
public enum StageName {
  SENDING("SENDING", true),
  HELD("HELD", true),
  IN_DOUBT("IN_DOUBT", true),
  OPEN("OPEN", false),
  ATTENTION("ATTENTION", false);

  private final String word;
  private final boolean sends;

  StageName(String word, boolean sends) {
    this.word = word;
    this.sends = sends;
  }

  public static StageName read(String word) {
    return Arrays.stream(values())
        .filter(name -> name.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not a stage: " + word));
  }

  public String word() {
    return word;
  }

  /** Whether another send may still follow; else it is asked about, and more seldom. */
  public boolean maySend() {
    return sends;
  }
}
