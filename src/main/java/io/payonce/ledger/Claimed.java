package io.payonce.ledger;

import io.payonce.model.Lease;

/** A payment taken over, and the right to work on it. */
public record Claimed(Lease lease, Payment payment) {}
