/**
 * The recovery machine: which step follows from what is known. Pure. Begin with
 * {@link io.payonce.recovery.Stage}. Time and chance are arguments.
 *
 * <p>Sees {@code codes}, {@code model}; nothing else of ours.
 */
package io.payonce.recovery;
