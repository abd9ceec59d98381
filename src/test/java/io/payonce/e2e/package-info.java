/** The whole program: real Redis, the simulated platform, callers over HTTP. */
package io.payonce.e2e;
