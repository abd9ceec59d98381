package io.payonce.sandbox;

/**
 * A call that was accepted and is being executed. {@code transaction} is null for calls that make
 * none, {@code repeat} says that it had been executed before.
 */
record Ticket(
    Call call, Transaction transaction, Outcome outcome, boolean timesOut, boolean repeat) {}
