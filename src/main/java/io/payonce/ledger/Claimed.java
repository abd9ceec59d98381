package io.payonce.ledger;

import io.payonce.model.Lease;

/** Holds a claimed payment, and the lease on it. */
public record Claimed(Lease lease, Payment payment) {}
