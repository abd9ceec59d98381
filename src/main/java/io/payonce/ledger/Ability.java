package io.payonce.ledger;

import java.util.Locale;

/**
 * A form of records, or a mark in them, that not every version of this program reads and honours. A
 * form is added here with the version that reads it; it is written only while {@link Abilities#all}
 * says so.
 */
public enum Ability {
  /** An order names all its paid payments, also while another payment holds it. */
  PAYERS;

  /** The word in a pod's announcement. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
