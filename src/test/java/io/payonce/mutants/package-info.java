/**
 * Programs that are wrong on purpose: each takes one safety rule away, and one named test must
 * notice. {@code ./mvnw -Pmutants test} runs them all.
 */
package io.payonce.mutants;
