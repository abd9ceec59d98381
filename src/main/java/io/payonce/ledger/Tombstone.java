package io.payonce.ledger;

import io.payonce.model.PaymentId;
import java.util.function.UnaryOperator;

/**
 * Holds what stays of a payment after its record has expired.
 *
 * @param platformId the id under which the platform knows its last attempt
 * @param stranger the other platform that knows it; null when it is this pod's
 */
public record Tombstone(Outcome outcome, String platformId, String stranger) {
  /** Of a payment of this pod's platform. */
  public Tombstone(Outcome outcome, String platformId) {
    this(outcome, platformId, null);
  }

  /**
   * Reads what {@code settle.lua} wrote: outcome, fingerprint, the id unless it is its own, and the
   * platform unless it is the ledger's first.
   *
   * @param stranger whose it is that names a platform; null when it is this pod\'s
   */
  public static Tombstone read(PaymentId id, String text, UnaryOperator<String> stranger) {
    String[] parts = text.split(" ", 4);
    return new Tombstone(
        Outcome.read(parts[0]),
        parts[2].isEmpty() ? id.requestId() : parts[2],
        stranger.apply(parts.length < 4 ? null : parts[3]));
  }

  /** Of the request that it is of. */
  public static String fingerprint(String text) {
    return text.split(" ", 3)[1];
  }

  /** The id as {@code settle.lua} is to write it. */
  public static String mark(PaymentId id, String platformId) {
    return platformId == null || platformId.equals(id.requestId()) ? "" : platformId;
  }

  /** True when another platform was sent it: this one knows nothing of it. */
  public boolean isStrange() {
    return stranger != null;
  }
}
