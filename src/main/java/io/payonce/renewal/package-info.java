/**
 * Renews TMK, working key and session, one pod for all. Begin with
 * {@link io.payonce.renewal.Renewals}. Stands between ledger and platform, which never see each
 * other.
 *
 * <p>Sees {@code codes}, {@code credentials}, {@code ledger}, {@code ledger.redis},
 * {@code ledger.sealing}, {@code model}, {@code platform}, {@code redis}; nothing else of ours.
 */
package io.payonce.renewal;
