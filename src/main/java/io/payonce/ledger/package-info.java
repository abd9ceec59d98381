/** What we remember, and who may act on it: the port, and its adapter on Redis. */
package io.payonce.ledger;
