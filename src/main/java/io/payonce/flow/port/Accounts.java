package io.payonce.flow.port;

import io.payonce.json.Malformed;
import io.payonce.json.MerchantScan;
import io.payonce.json.QueryScan;
import io.payonce.json.RequestScan;
import io.payonce.limit.Limits;
import io.payonce.model.Account;
import io.payonce.platform.Platform;

/**
 * The accounts at the platform of which this pod has the keys. What goes wrong with one of them
 * stops no call of another.
 */
public interface Accounts {
  /** Whose a call is that names these; either may be null. An appId beats a merchantId. */
  Account of(String appId, String merchantId);

  /**
   * Whether an appId is of another account than a merchant, so that who may act for the merchant
   * alone would use a key that is not meant for it. A merchant that no account lists may come with
   * the appId of one that lists none.
   */
  boolean isAnothers(String appId, String merchantId);

  /**
   * Whose a call is that the ledger keeps no record of: they stand in its body, or in its query
   * where that names no merchant. What we cannot read the platform cannot either.
   */
  default Account of(Inbound inbound) {
    try {
      String named =
          inbound.body().length == 0 ? null : MerchantScan.body(inbound.body()).plain();
      return of(
          appId(inbound),
          named != null ? named : MerchantScan.query(inbound.query()).plain());
    } catch (Malformed unreadable) {
      return Account.DEFAULT;
    }
  }

  /** Which appId a call names; null for none. */
  static String appId(Inbound inbound) throws Malformed {
    return inbound.body().length == 0
        ? QueryScan.scan(inbound.query()).appId()
        : RequestScan.texts(inbound.body()).appId();
  }

  /** How the calls of one of them leave. */
  Way way(Account account);

  /**
   * Under one key.
   *
   * @param platform signs with it
   * @param limits of what is sent with it
   */
  record Way(Platform platform, Limits limits) {}

  /** The usual case: one key for all. */
  static Accounts only(Platform platform, Limits limits) {
    Way way = new Way(platform, limits);
    return new Accounts() {
      @Override
      public Account of(String appId, String merchantId) {
        return Account.DEFAULT;
      }

      @Override
      public boolean isAnothers(String appId, String merchantId) {
        return false;
      }

      @Override
      public Way way(Account account) {
        if (!account.isDefault()) {
          throw new IllegalArgumentException("no key of " + account);
        }
        return way;
      }
    };
  }
}
