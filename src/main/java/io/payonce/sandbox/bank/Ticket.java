package io.payonce.sandbox.bank;

import io.payonce.sandbox.request.Call;
import io.payonce.sandbox.script.SimOutcome;

/**
 * A call that was accepted and is being executed. {@code transaction} is null for calls that make
 * none, {@code repeat} says that it had been executed before.
 */
public record Ticket(
    Call call, Transaction transaction, SimOutcome outcome, boolean timesOut, boolean repeat) {}
