package io.payonce.model;

/** Decides about another payment of an order whose hosted page is open. */
public enum SessionPolicy {
  /** The page is closed at the platform; the order changes hands once that is certain, else C08. */
  REPLACE,
  /** C08, until the page has come to its end. */
  REFUSE,
  /** Nothing: pages take no lock. */
  ALLOW
}
