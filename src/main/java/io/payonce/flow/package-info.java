/**
 * The order of steps: what happens to a request from the door to its answer. Sees the ledger and
 * the platform only as ports, and of Vert.x only Future. Begin with
 * {@link io.payonce.flow.PaymentFlow}.
 */
package io.payonce.flow;
