package io.payonce.renewal;

import io.payonce.credentials.Credential;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Keeps what one pod renewed for all pods, and gives one at a time the right to renew. Its futures
 * fail when it is away.
 */
public interface CredentialStore {
  /**
   * A value as the store has it.
   *
   * @param version higher for later ones
   * @param leftMillis how much longer it lives; -1 when unknown
   */
  record Kept(String value, long version, long leftMillis) {
    @Override
    public String toString() {
      return "Kept[value=***, version=" + version + ", leftMillis=" + leftMillis + "]";
    }
  }

  /** The reply to a pod that wants to renew. */
  sealed interface Turn {
    /** Another pod has renewed it meanwhile. */
    record Newer(Kept kept) implements Turn {}

    /** Another pod is renewing it, and must have done so within this time. */
    record Taken(long leftMillis) implements Turn {}

    /** The last renewal failed a moment ago; no pod is to try before this time is over. */
    record Resting(long leftMillis) implements Turn {}

    /**
     * It is our turn.
     *
     * @param fence to be shown when the value is kept: an older one is turned away
     * @param failures renewals that have failed since the last that worked
     */
    record Ours(long fence, int failures) implements Turn {}
  }

  /** The value, when there is a later one than the known. */
  Future<Optional<Kept>> newest(Credential what, long knownVersion);

  Future<Turn> claim(Credential what, long knownVersion, long leaseMillis);

  /**
   * Keeps what was renewed; its version is the fence.
   *
   * @param lifeMillis -1 when unknown
   * @return false when a pod with a later token has the turn now
   */
  Future<Boolean> keep(Credential what, long token, String value, long lifeMillis);

  /** Gives the turn back after a failure; no pod gets it before this time is over. */
  Future<Void> rest(Credential what, long token, long millis);
}
