/**
 * What follows from what: codes, classification, the recovery machine, backoff, validation. Pure:
 * time and chance are arguments.
 */
package io.payonce.rule;
