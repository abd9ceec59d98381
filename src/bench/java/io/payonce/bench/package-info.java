/**
 * What Payonce costs, measured against what else could stand in its place. Not in the jar: compiled
 * by the Maven profile {@code bench} only.
 */
package io.payonce.bench;
