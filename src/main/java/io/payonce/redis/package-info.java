/**
 * Supervised, pipelined connections that say of each failed command whether it may have run. Begin
 * with {@link io.payonce.redis.RedisLane}. Never replays a command that may have run, and never
 * lets a caller wait for ever.
 *
 * <p>Sees {@code dns}, {@code redis.failure}, {@code tls}; nothing else of ours.
 *
 * <p>Below us only the client's standalone connections are used: its pool, its cluster and its
 * sentinel modes fail whole applications when one node dies.
 */
package io.payonce.redis;
