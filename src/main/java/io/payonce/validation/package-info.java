/**
 * Checks a request before anything happens and names the order it locks. Pure. Begin with
 * {@link io.payonce.validation.RequestRules}. Time and chance are arguments.
 *
 * <p>Sees {@code codes}, {@code model}; nothing else of ours.
 */
package io.payonce.validation;
