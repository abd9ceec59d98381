package io.payonce.credentials;

/**
 * Gives the platform's keys from where they are kept: the configuration, or files that are replaced
 * in time.
 */
@FunctionalInterface
public interface KeySource {
  /**
   * Reads all of them anew. May block, so it is never called on an event loop.
   *
   * @throws Exception saying what is wrong, never quoting a key
   */
  RequestCredentials read() throws Exception;
}
