package io.payonce.recovery;

/**
 * The machine's word: what to do, what stage to write down for it, and the rule that says so (for
 * the payment's timeline).
 */
public record Decision(Action action, Stage next, String because) {}
