package io.payonce.ledger;

import java.util.Locale;

/**
 * A form of records, or a mark in them, that not every version of this program reads and honours. A
 * form is added here with the version that reads it; it is written only while {@link Abilities#all}
 * says so.
 */
public enum Ability {
  /** An order names all its paid payments, also while another payment holds it. */
  PAYERS,
  /** A request is known by what it says, not by its bytes under a key. */
  PRINTS,
  /** The tips of an original have a lock of their own, and its tail. */
  TIPS,
  /** An open hosted page has its order, ends by rules of its own, and can hand the order on. */
  PAGES,
  /** What is sealed names its key, and which key seals is the ledger's to say. */
  KEYS;

  /** The word in a pod's announcement. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
