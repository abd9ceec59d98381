package io.payonce.ledger;

import io.payonce.model.PaymentId;

/**
 * What stays of a payment after its answer is forgotten.
 *
 * @param platformId the id under which the platform knows its last attempt
 */
public record Tombstone(Outcome outcome, String platformId) {
  /** Reads what {@code settle.lua} wrote: outcome, fingerprint, and the id unless it is its own. */
  static Tombstone read(PaymentId id, String text) {
    String[] parts = text.split(" ", 3);
    return new Tombstone(Outcome.read(parts[0]), parts[2].isEmpty() ? id.requestId() : parts[2]);
  }

  /** Of the request that it is of. */
  static String fingerprint(String text) {
    return text.split(" ", 3)[1];
  }

  /** The id as {@code settle.lua} is to write it. */
  static String mark(PaymentId id, String platformId) {
    return platformId == null || platformId.equals(id.requestId()) ? "" : platformId;
  }
}
