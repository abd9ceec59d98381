package io.payonce.sandbox.script;

/**
 * Says how queries behave for a number of times or for a time; 0 means that this limit is not set.
 */
record QueryClause(Step step, int times, long millis) {}
