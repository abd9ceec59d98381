package io.payonce.recovery;

/**
 * Holds one decision of the recovery machine: the action, the stage to write down, and the reason,
 * which goes into the timeline.
 */
public record Decision(Action action, Stage next, String because) {}
