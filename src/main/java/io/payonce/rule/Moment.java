package io.payonce.rule;

/**
 * Where in its life a payment stands now: time as an argument.
 *
 * @param windowOver no copy sent so far can take effect any more
 * @param deadlineOver a person must be told (later for an open payment than for one in doubt)
 * @param callersGone the wait budget is over, so a refusal need not be tried again
 */
public record Moment(boolean windowOver, boolean deadlineOver, boolean callersGone) {}
