/**
 * Decides what may be sent to the platform now, in this pod and in the fleet. Begin with
 * {@link io.payonce.limit.Limits}. A payment that nothing stands in the way of costs no call to
 * Redis and no timer.
 *
 * <p>Sees {@code codes}, {@code model}, {@code platform}, {@code redis}; nothing else of ours.
 */
package io.payonce.limit;
