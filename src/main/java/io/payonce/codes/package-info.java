/**
 * The platform's codes, and what an answer means. Pure. Begin with {@link io.payonce.codes.Code}.
 * Time and chance are arguments.
 *
 * <p>Sees {@code model}; nothing else of ours.
 */
package io.payonce.codes;
