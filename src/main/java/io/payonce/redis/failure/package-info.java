/**
 * Why Redis did not answer, in words for operators. Begin with
 * {@link io.payonce.redis.failure.RedisFailure}.
 *
 * <p>Sees nothing else of ours.
 */
package io.payonce.redis.failure;
