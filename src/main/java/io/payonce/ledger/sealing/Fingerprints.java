package io.payonce.ledger.sealing;

import io.payonce.ledger.NewPayment;
import java.util.List;
import java.util.Optional;

/**
 * By which fingerprints a request is known: its own, and those with a key that the first version
 * gave it. Records of that version keep theirs for as long as they live, so all are honoured,
 * whichever of our keys they were made with.
 */
public final class Fingerprints {
  private final Sealer sealer;
  private final NewPayment payment;
  private final boolean keyed;
  private String accepted;

  /** @param allReadOwn whether every live pod knows the request by its own fingerprint */
  public Fingerprints(Sealer sealer, NewPayment payment, boolean allReadOwn) {
    this.sealer = sealer;
    this.payment = payment;
    this.keyed = !allReadOwn;
    this.accepted = keyed ? own() + " " + String.join(" ", former()) : own();
  }

  /** The one that stands in the record where the first version looks for it. */
  public String written() {
    return keyed ? sealer.fingerprint(payment.operation(), payment.body()) : own();
  }

  /** The one that is written besides; empty for none. */
  public String besides() {
    return keyed ? own() : "";
  }

  /** As scripts look through them: each between two blanks. */
  public String accepted() {
    return " " + accepted + " ";
  }

  /**
   * Whether what a record has is of this request after all: from then on it is accepted.
   *
   * @param stored of a tombstone it may be the beginning only, and a star
   */
  public boolean honours(String stored) {
    boolean begins = stored.endsWith("*");
    String known = " " + (begins ? stored.substring(0, stored.length() - 1) : stored + " ");
    if (accepted().contains(known)) {
      return false;
    }
    Optional<String> honoured =
        former().stream().filter(each -> (" " + each + " ").startsWith(known)).findFirst();
    honoured.ifPresent(each -> accepted += " " + each);
    return honoured.isPresent();
  }

  private String own() {
    return payment.fingerprint();
  }

  private List<String> former() {
    return sealer.fingerprints(payment.operation(), payment.body());
  }
}
