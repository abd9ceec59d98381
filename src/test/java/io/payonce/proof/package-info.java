/**
 * Real processes that die: instances, Redis and connections are killed, frozen and cut while a load
 * runs; afterwards the platform's own books are compared with what every caller was answered.
 */
package io.payonce.proof;
