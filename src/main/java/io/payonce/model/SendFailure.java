package io.payonce.model;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names why an exchange brought no answer, one word each: for metrics, timelines, and who judges
 * it.
 */
public enum SendFailure {
  /** Held back by a limit of ours. */
  HELD_BACK("held back", true),
  POOL_FULL("pool-full", true),
  LEASE_OVER("lease over", true),
  NO_CREDENTIALS("no credentials", true),
  UNSIGNABLE("unsignable", true),
  REFUSED("refused", false),
  DNS("dns", false),
  /** The proxy on the way has not let us through. */
  PROXY("proxy", false),
  TLS("tls", false),
  CONNECT_TIMEOUT("connect-timeout", false),
  NO_CONNECTION("no connection", false),
  TIMEOUT("timeout", false),
  CLOSED("closed", false),
  RESET("reset", false),
  CUT("cut", false),
  NOT_READABLE("not readable", false),
  TOO_LARGE("too large", false),
  NOT_ONE_ANSWER("not one answer", false);

  private static final Set<String> OURS = Arrays.stream(values())
      .filter(reason -> reason.ours)
      .map(SendFailure::word)
      .collect(Collectors.toUnmodifiableSet());

  private final String word;
  private final boolean ours;

  SendFailure(String word, boolean ours) {
    this.word = word;
    this.ours = ours;
  }

  public String word() {
    return word;
  }

  /** Whether it is our own doing, and so says nothing of the platform. */
  public static boolean isOurs(String word) {
    return OURS.contains(word);
  }
}
