/** Verifies the signatures of requests as the platform would; what signs is in production alone. */
package io.payonce.sandbox.signature;
