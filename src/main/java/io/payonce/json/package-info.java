/**
 * Reads and writes bodies in one pass, without trees. Pure. Begin with
 * {@link io.payonce.json.RequestScan}. Knows no clock and no Vert.x.
 *
 * <p>Sees {@code model}; nothing else of ours.
 */
package io.payonce.json;
