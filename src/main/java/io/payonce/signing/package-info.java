/**
 * Proves to the platform that a request is ours: one signer for each mode, and the verifier the
 * sandbox answers S03 with. It stands apart from the HTTP client because a signature is a pure
 * function of the request, the key and the time it is given.
 */
package io.payonce.signing;
