/**
 * The table of keys, and where values come from: defaults, YAML, environment, secret files. Begin
 * with {@link io.payonce.settings.source.Key}. Parsing, messages, the {@code check} command and the
 * tests of {@code conf/payonce.yaml} all read that one table.
 *
 * <p>Sees {@code dns}, {@code model}; nothing else of ours.
 */
package io.payonce.settings.source;
