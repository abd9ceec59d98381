/**
 * Lanes to Redis: one supervised, pipelined connection for each event loop and node. A lane says of
 * every failed command whether it may have run, never replays one that may have, and never lets
 * anybody wait for ever.
 *
 * <p>Below us only the client's standalone connections are used: its pool, its cluster and its
 * sentinel modes fail whole applications when one node dies.
 */
package io.payonce.redis;
