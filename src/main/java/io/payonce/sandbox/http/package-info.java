/**
 * The simulated platform as an HTTP server, with its control calls and its faults. Begin with
 * {@link io.payonce.sandbox.http.SandboxPlatform}. Knows nothing of the proxy it is called by.
 * Faults and control calls: {@code src/site/markdown/sandbox.md}.
 *
 * <p>Sees {@code sandbox.bank}, {@code sandbox.request}, {@code sandbox.script},
 * {@code sandbox.signature}, {@code signing}; nothing else of ours.
 */
package io.payonce.sandbox.http;
