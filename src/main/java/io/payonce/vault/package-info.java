/**
 * Keeps for all pods what the platform lends us (TMK, working key, session), sealed, in Redis. It
 * stands between ledger and platform, which never see each other.
 */
package io.payonce.vault;
