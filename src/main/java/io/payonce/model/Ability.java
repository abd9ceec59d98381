package io.payonce.model;

/**
 * A form of records, or a mark in them, that not every version of this program reads and honours. A
 * form is added here with the version that reads it; it is written only while {@link Abilities#all}
 * says so.
 */
public enum Ability {
  /** An order names all its paid payments, also while another payment holds it. */
  PAYERS("payers"),
  /** A request is known by what it says, not by its bytes under a key. */
  PRINTS("prints"),
  /** The tips of an original have a lock of their own, and its tail. */
  TIPS("tips"),
  /** An open hosted page has its order, ends by rules of its own, and can hand the order on. */
  PAGES("pages"),
  /** What is sealed names its key, and which key seals is the ledger's to say. */
  KEYS("keys"),
  /** A line of a timeline is kept as fields. */
  EVENTS("events"),
  /** The platform reports to us, and who settles a payment sees to it that its caller learns. */
  NOTICES("notices"),
  /** A settled payment is one string. */
  PACKED("packed"),
  /** What stays of ended payments is in small hashes of many. */
  ARCHIVE("archive");

  private final String word;

  Ability(String word) {
    this.word = word;
  }

  /** The word in a pod's announcement. */
  public String word() {
    return word;
  }
}
