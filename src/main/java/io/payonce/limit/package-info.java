/**
 * How much may come in and be begun at once (the entrance), and how much may leave for the
 * platform, so that a sick one is never stormed and a slow one not piled up upon: a breaker and a
 * limit of copies in flight for this pod, a budget for sending again and merchants' rates for the
 * whole fleet. A payment that nothing stands in the way of costs no call to Redis and no timer.
 */
package io.payonce.limit;
