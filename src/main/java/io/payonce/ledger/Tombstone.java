package io.payonce.ledger;

import io.payonce.model.Account;
import io.payonce.model.PaymentId;
import io.payonce.model.Whose;
import java.util.function.Function;

/**
 * Holds what stays of a payment after its record has expired.
 *
 * @param platformId the id under which the platform knows its last attempt
 * @param whose under which of this pod's keys it was sent, if under one of them
 */
public record Tombstone(Outcome outcome, String platformId, Whose whose) {
  /** Of a payment of this pod's platform, sent under the key that has no name. */
  public Tombstone(Outcome outcome, String platformId) {
    this(outcome, platformId, Whose.OURS);
  }

  /**
   * Reads what {@code settle.lua} wrote: outcome, fingerprint, the id unless it is its own, and the
   * platform unless it is the ledger's first.
   *
   * @param whose it is that names such a platform, or none
   */
  public static Tombstone read(PaymentId id, String text, Function<String, Whose> whose) {
    String[] parts = text.split(" ", 4);
    return new Tombstone(
        Outcome.read(parts[0]),
        parts[2].isEmpty() ? id.requestId() : parts[2],
        whose.apply(parts.length < 4 ? null : parts[3]));
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
    return whose.isStrange();
  }

  /** The other platform that knows it; null when it is this pod's. */
  public String stranger() {
    return whose.stranger();
  }

  /** Under whose key the platform is asked about it; null for a stranger's. */
  public Account account() {
    return whose.account();
  }
}
