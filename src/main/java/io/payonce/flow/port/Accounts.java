package io.payonce.flow.port;

import io.payonce.json.Malformed;
import io.payonce.json.MerchantScan;
import io.payonce.json.QueryScan;
import io.payonce.json.RequestScan;
import io.payonce.limit.Limits;
import io.payonce.model.Account;
import io.payonce.model.RequestFields;
import io.payonce.platform.Platform;

/**
 * The accounts at the platform of which this pod has the keys. What goes wrong with one of them
 * stops no call of another.
 */
public interface Accounts {
  /** Whose a call is that names these; either may be null. An appId beats a merchantId. */
  Account of(String appId, String merchantId);

  /**
   * The same of a call that the ledger keeps no record of: they stand in its body, or in its query
   * where that names no merchant. What nobody can read the platform cannot either.
   */
  default Account of(Inbound inbound) {
    try {
      if (inbound.body().length == 0) {
        RequestFields query = QueryScan.scan(inbound.query());
        return of(query.appId(), query.merchantId());
      }
      String named = MerchantScan.body(inbound.body()).plain();
      return of(
          RequestScan.texts(inbound.body()).appId(),
          named != null ? named : MerchantScan.query(inbound.query()).plain());
    } catch (Malformed unreadable) {
      return Account.DEFAULT;
    }
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
      public Way way(Account account) {
        if (!account.isDefault()) {
          throw new IllegalArgumentException("no key of " + account);
        }
        return way;
      }
    };
  }
}
