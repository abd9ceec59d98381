package io.payonce.ledger;

/**
 * What stays of a payment after its answer is forgotten.
 *
 * @param platformId the id under which the platform knows its last attempt
 */
public record Tombstone(Outcome outcome, String platformId) {
  /** Reads what {@code settle.lua} wrote: outcome, fingerprint, id. */
  static Tombstone read(String text) {
    String[] parts = text.split(" ", 3);
    return new Tombstone(Outcome.valueOf(parts[0]), parts[2]);
  }
}
