package io.payonce.sandbox.bank;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.payonce.sandbox.request.Call;
import io.payonce.sandbox.request.Json;
import io.payonce.sandbox.request.Refusal;
import io.payonce.sandbox.script.SimStatus;
import io.payonce.sandbox.script.TestAmounts;

/** Plays what shoppers do on hosted pages, and how those end. */
final class Pages {

  private final TransactionLedger books;

  Pages(TransactionLedger books) {
    this.books = books;
  }

  /** @param slowMillis how long the channel takes over it; the transaction is P meanwhile */
  void press(Transaction paying, HostedPage.Press as, String code, long slowMillis, long now) {
    HostedPage page = paying.session;
    if (paying.is(SimStatus.S)) {
      throw new Refusal("C24", "the session is already S");
    }
    if (page.closedAtMillis() != null || paying.is(SimStatus.C)) {
      throw new Refusal("C11", "the page is closed");
    }
    if (page.isBeingPressed()) {
      throw new Refusal("C08", "the button has been pressed already");
    }
    if (as == HostedPage.Press.ABANDON) {
      return;
    }
    page.press();
    if (slowMillis == 0) {
      end(paying, as, code, now);
    } else {
      books.shopped(paying, SimStatus.P, null, now);
      books.agenda.at(now + slowMillis, due -> end(paying, as, code, due));
    }
  }

  private void end(Transaction paying, HostedPage.Press as, String code, long now) {
    if (!paying.session.release(now) || !books.transactions.holds(paying)) {
      return;
    }
    if (as == HostedPage.Press.PAY) {
      books.shopped(paying, SimStatus.S, TestAmounts.APPROVED, now);
    } else if (paying.session.closedAtMillis() == null) {
      books.shopped(paying, SimStatus.F, code == null ? "051" : code, now);
    }
  }

  /** By itself at its time, or because it was asked for. */
  void close(Transaction unpaid, long now) {
    if (unpaid.session.close(now) && !unpaid.is(SimStatus.S)) {
      books.shopped(unpaid, SimStatus.C, null, now);
    }
  }

  ObjectNode expire(Call call, long now) {
    Transaction found = books.transactions.bySession(call.text("sessionId"));
    if (found == null || !found.merchantId().equals(call.merchantId())) {
      throw new Refusal("C12", "session does not exist");
    }
    if (found.is(SimStatus.S)) {
      throw new Refusal("C24", "the session is already paid");
    }
    close(found, now);
    return Views.expiredSession(found);
  }

  ArrayNode shown() {
    ArrayNode list = Json.MAPPER.createArrayNode();
    books.transactions.all().filter(each -> each.session != null).forEach(each -> {
      ObjectNode row = list.addObject()
          .put("sessionId", each.session.id)
          .put("merchantId", each.merchantId())
          .put("order", each.order())
          .put("transactionRequestId", each.requestId())
          .put("transactionStatus", each.status().name())
          .put("expiresAt", Views.time(each.session.expiresAtMillis));
      row.put("closed", each.session.closedAtMillis() != null);
    });
    return list;
  }
}
