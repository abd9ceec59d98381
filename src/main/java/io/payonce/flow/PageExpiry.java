package io.payonce.flow;

import io.payonce.flow.port.Accounts;
import io.payonce.json.SessionAnswer;
import io.payonce.ledger.Payment;
import io.payonce.model.Answer;
import io.payonce.model.Operation;
import io.payonce.platform.PlatformRequest;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** Closes hosted pages at the platform so that another call can go on. */
final class PageExpiry {
  private static final List<Map.Entry<String, String>> JSON =
      List.of(Map.entry("Content-Type", "application/json"));

  private final Accounts accounts;

  PageExpiry(Accounts accounts) {
    this.accounts = accounts;
  }

  /** By what the platform knows the page; null while it is unknown here. */
  static String sessionId(Payment page) {
    SessionAnswer session =
        page.answer() == null ? null : SessionAnswer.scan(page.answer().body());
    return session == null ? null : session.id();
  }

  /** Whether the platform said that it is closed. Not before a slack later is that the end. */
  Future<Boolean> close(Payment page, String appId) {
    String sessionId = sessionId(page);
    if (sessionId == null) {
      return Future.succeededFuture(false);
    }
    byte[] body = SessionAnswer.expire(page.appId(appId), page.id().merchantId(), sessionId);
    return accounts
        .way(page.account())
        .platform()
        .call(new PlatformRequest("POST", Operation.EXPIRE_SESSION.path(), JSON, body))
        .map(PageExpiry::isExpired);
  }

  private static boolean isExpired(Answer answer) {
    SessionAnswer session = answer instanceof Answer.Spoken spoken
        ? SessionAnswer.scan(spoken.reply().body())
        : null;
    return session != null && session.isExpired();
  }
}
