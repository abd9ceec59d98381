package io.payonce.telemetry;

import io.payonce.codes.Code;
import io.payonce.codes.MisconfigurationScope;
import io.payonce.codes.Remedy;
import io.payonce.model.Account;
import io.payonce.model.Operation;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what only operators can mend, as the platform's refusals show it: each case once, from its
 * first refusal to the first success within its reach. Another account's, merchant's or operation's
 * success proves nothing and clears nothing.
 */
public final class Misconfigurations {
  private static final Logger LOG = LoggerFactory.getLogger(Misconfigurations.class);

  /**
   * Of one account, cases of its merchants: a caller who invents merchants must not fill the heap,
   * and no operator reads more rows than this. What concerns a whole account is always kept.
   */
  private static final int MOST = 1000;

  private static final String OWN_KEY = "its apiKey under accounts";

  private final Map<Case, Row> open = new ConcurrentHashMap<>();
  private final LongSupplier wallMillis;

  Misconfigurations(LongSupplier wallMillis) {
    this.wallMillis = wallMillis;
  }

  /** One thing that is wrong, and for whom; what the reach does not name is null. */
  private record Case(Account account, Code code, String merchantId, Operation operation) {
    static Case of(Account account, Code code, String merchantId, Operation operation) {
      return switch (MisconfigurationScope.of(code)) {
        case KEYS -> new Case(account, code, null, null);
        case MERCHANT -> new Case(account, code, merchantId, null);
        case OPERATION -> new Case(account, code, merchantId, operation);
      };
    }

    boolean isProvenRemedied(Account byAccount, String byMerchant, Operation byOperation) {
      return account.equals(byAccount)
          && (merchantId == null || merchantId.equals(byMerchant))
          && (operation == null || operation.equals(byOperation));
    }

    boolean isOneMerchants() {
      return merchantId != null;
    }

    @Override
    public String toString() {
      return code.text()
          + (account.isDefault() ? "" : " for account " + account)
          + (merchantId == null ? "" : " for merchant " + merchantId)
          + (operation == null ? "" : ", " + operation.label());
    }
  }

  /**
   * One case for operators.
   *
   * @param account null for the one without a name
   * @param merchantId null when it concerns all
   * @param operation its label, null when it concerns all
   * @param you what an operator must do
   */
  public record Row(
      String code,
      String meaning,
      String account,
      String merchantId,
      String operation,
      String you,
      long sinceMillis) {}

  /** What the platform's answer with this code shows. */
  void platformAnswered(Account account, Operation operation, String merchantId, Code code) {
    if (code.remedy() == Remedy.CALL_OPERATOR) {
      raise(account, operation, merchantId, code);
    } else if (code == Code.OK && !open.isEmpty()) {
      open.keySet().removeIf(each -> {
        boolean remedied = each.isProvenRemedied(account, merchantId, operation);
        if (remedied) {
          LOG.info("misconfiguration cleared: {}", each);
        }
        return remedied;
      });
    }
  }

  /** What concerns all is in order again: we have got what was missing. */
  void remedied(Account account, Code code) {
    open.remove(Case.of(account, code, null, null));
  }

  void raise(Account account, Operation operation, String merchantId, Code code) {
    Case found = Case.of(account, code, merchantId, operation);
    if (open.containsKey(found) || found.isOneMerchants() && isFull(account)) {
      return;
    }
    Row row = new Row(
        code.text(),
        code.meaning(),
        account.isDefault() ? null : account.name(),
        found.merchantId(),
        found.operation() == null ? null : found.operation().label(),
        yours(account, code),
        wallMillis.getAsLong());
    if (open.putIfAbsent(found, row) == null) {
      LOG.warn("misconfigured: {} ({}), {}", found, code.meaning(), row.you());
    }
  }

  /** An account has nothing of what stands at the top level. */
  private static String yours(Account account, Code code) {
    return account.isDefault() ? code.yours() : code.yours().replace("upstream.apiKey", OWN_KEY);
  }

  private boolean isFull(Account account) {
    return open.size() >= MOST
        && open.keySet().stream()
                .filter(each -> each.isOneMerchants() && each.account().equals(account))
                .count()
            >= MOST;
  }

  /** How many cases of this code there are. */
  long count(Code code) {
    return open.keySet().stream().filter(each -> each.code() == code).count();
  }

  /** How many cases of this account there are. */
  long count(Account account) {
    return open.keySet().stream().filter(each -> each.account().equals(account)).count();
  }

  /** The oldest first. */
  List<Row> rows() {
    return open.values().stream()
        .sorted(Comparator.comparingLong(Row::sinceMillis))
        .toList();
  }
}
