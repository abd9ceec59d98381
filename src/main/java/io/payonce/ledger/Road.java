package io.payonce.ledger;

/**
 * Tells that the platform reports on a payment to us, and we to the caller. A payment without one
 * is reported on past us, to whomever its body names.
 *
 * @param callersUrl the caller's hook; null when it named none
 */
public record Road(String callersUrl) {
  /** Never the address: callers put what is theirs alone into it. */
  @Override
  public String toString() {
    return callersUrl == null ? "Road[to us]" : "Road[to us, and on]";
  }
}
