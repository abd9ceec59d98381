/**
 * The commands of production, and the life of the process. Begin with
 * {@link io.payonce.command.ServeCommand}.
 *
 * <p>Sees {@code codes}, {@code flow.operator}, {@code http.server}, {@code json}, {@code outcome},
 * {@code outcome.report}, {@code settings}, {@code settings.source}, {@code wiring}; nothing else
 * of ours.
 */
package io.payonce.command;
