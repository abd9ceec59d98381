/**
 * What runs: the verticles, and the wiring that builds the adapters and hands them down to the
 * flows as ports.
 */
package io.payonce.server;
