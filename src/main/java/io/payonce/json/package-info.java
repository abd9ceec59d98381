/** The JSON we read and write: one streaming scan, no trees; small envelopes of our own. */
package io.payonce.json;
