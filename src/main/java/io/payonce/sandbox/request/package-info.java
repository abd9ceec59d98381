/**
 * What the simulated platform is asked, and how it is set to behave. Begin with
 * {@link io.payonce.sandbox.request.Call}.
 *
 * <p>Sees {@code sandbox.signature}, {@code signing}; nothing else of ours.
 */
package io.payonce.sandbox.request;
