package io.payonce.model;

/**
 * Says under whose key a payment was sent, and will be asked about.
 *
 * @param account one of this pod's; null where it is none of them
 * @param stranger the platform, or its account, that this pod has no key of; null when it has
 */
public record Whose(Account account, String stranger) {
  /** Of the key that has no name. */
  public static final Whose OURS = of(Account.DEFAULT);

  public static Whose of(Account account) {
    return new Whose(account, null);
  }

  public static Whose stranger(String name) {
    return new Whose(null, name);
  }

  /** True when nothing of it is asked, sent or settled here. */
  public boolean isStrange() {
    return stranger != null;
  }
}
