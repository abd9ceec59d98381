package io.payonce.rule;

/**
 * The machine's word: what to do, what stage to write down for it, and the rule that says so (for
 * the payment's timeline).
 */
public record Decision(Act act, Stage next, String because) {}
