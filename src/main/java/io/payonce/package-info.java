/**
 * The program's commands. Below it, each room seeing only those further down:
 *
 * <pre>
 * io.payonce            Main and its commands
 * io.payonce.server     verticles, routes, wiring
 * io.payonce.sandbox    the simulated platform
 * io.payonce.settings   configuration
 * io.payonce.flow       the order of steps of a payment
 * io.payonce.vault      what the platform lends us, kept for all pods
 * io.payonce.ledger     what we remember     | io.payonce.platform   whom we call
 * io.payonce.limit      what we hold back    |
 * io.payonce.redis      lanes to Redis       | io.payonce.signing    signing modes
 * io.payonce.file       files that are replaced while the program runs
 * io.payonce.dns        where host names lead
 * io.payonce.rule       what follows from what
 * io.payonce.json       reading and writing bodies
 * io.payonce.model      what things are
 * </pre>
 *
 * <p>Why it is so: {@code src/site/markdown/architecture.md}.
 */
package io.payonce;
