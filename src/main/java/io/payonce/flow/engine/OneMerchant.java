package io.payonce.flow.engine;

import io.payonce.codes.Remedy;
import io.payonce.flow.port.Accounts;
import io.payonce.json.Malformed;
import io.payonce.json.MerchantScan;
import io.payonce.model.Account;
import io.payonce.model.Answer;
import io.payonce.model.Intent;
import io.payonce.platform.Platform;
import io.payonce.platform.PlatformRequest;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;

/**
 * The platform, of whose answers those count that are about the merchant asked for: one that names
 * another is as good as silence, on every road. Few name any (platform.md#query).
 */
public record OneMerchant(Platform platform) implements Platform {
  /** The same of each account. For one event loop. */
  public static Accounts on(Accounts accounts) {
    Map<Account, Accounts.Way> ways = new HashMap<>();
    return new Accounts() {
      @Override
      public Account of(String appId, String merchantId) {
        return accounts.of(appId, merchantId);
      }

      @Override
      public boolean isAnothers(String appId, String merchantId) {
        return accounts.isAnothers(appId, merchantId);
      }

      @Override
      public Way way(Account account) {
        return ways.computeIfAbsent(account, first -> {
          Way way = accounts.way(account);
          return new Way(new OneMerchant(way.platform()), way.limits());
        });
      }
    };
  }

  @Override
  public Future<Answer> send(Intent intent, PlatformRequest request) {
    return platform.send(intent, request).map(answer -> of(request, answer));
  }

  @Override
  public Future<Answer> call(PlatformRequest message) {
    return platform.call(message).map(answer -> of(message, answer));
  }

  private static Answer of(PlatformRequest request, Answer answer) {
    String named = answer instanceof Answer.Spoken spoken ? spoken.envelope().merchantId() : null;
    return named == null || asksFor(named, request)
        ? answer
        : new Answer.Silent("about another merchant");
  }

  /** A call that names no merchant may be answered about any. */
  private static boolean asksFor(String merchant, PlatformRequest request) {
    try {
      int query = request.target().indexOf('?');
      String inQuery = query < 0
          ? null
          : MerchantScan.query(request.target().substring(query + 1)).plain();
      String asked = inQuery == null && request.body().length > 0
          ? MerchantScan.body(request.body()).plain()
          : inQuery;
      return asked == null || asked.equals(merchant);
    } catch (Malformed unread) {
      return true;
    }
  }

  @Override
  public Future<Boolean> remedy(Remedy remedy, long signedAtMillis) {
    return platform.remedy(remedy, signedAtMillis);
  }

  @Override
  public Future<Void> close() {
    return platform.close();
  }
}
