/**
 * Configuration: defaults, then the YAML file, then the environment, become one immutable
 * {@link io.payonce.settings.Settings}, or a list of every fault found.
 * {@link io.payonce.settings.Key} is the one table of keys; parsing, messages, the {@code check}
 * command and the tests of {@code conf/payonce.yaml} all read it. Nothing here opens a socket; the
 * only files read are those named.
 */
package io.payonce.settings;
