/**
 * The payment store on Redis: one Lua script a move. Begin with
 * {@link io.payonce.ledger.redis.RedisLedger}. The scripts stand beside the classes, one for each
 * verb; Java decides what they are given and what their words mean. Sees no platform.
 *
 * <p>Sees {@code ledger}, {@code ledger.sealing}, {@code model}, {@code recovery}, {@code redis},
 * {@code redis.failure}, {@code validation}; nothing else of ours.
 */
package io.payonce.ledger.redis;
