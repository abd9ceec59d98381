/**
 * What we remember, and who may act on it: the port ({@link io.payonce.ledger.Ledger} and its
 * records), and its adapter on Redis. The adapter's moves are the Lua scripts beside these classes,
 * one for each verb; Java decides what they are given and what their words mean.
 */
package io.payonce.ledger;
