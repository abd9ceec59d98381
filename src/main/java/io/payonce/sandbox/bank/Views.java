package io.payonce.sandbox.bank;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.payonce.sandbox.request.Call;
import io.payonce.sandbox.request.Json;
import io.payonce.sandbox.script.SimStatus;
import io.payonce.sandbox.script.TestAmounts;
import java.time.Instant;

/** Shows a transaction as the platform does: in the answer to the call and in a query. */
public final class Views {

  private Views() {}

  static ObjectNode answer(Transaction transaction, Transaction.Moment moment) {
    return switch (transaction.call.operation()) {
      case CREATE_SESSION -> session(transaction.session);
      case CHECKOUT_REFUND -> onlineRefund(transaction, moment);
      default -> payment(transaction, moment);
    };
  }

  static ObjectNode abort(Call call, Transaction original) {
    ObjectNode data = Json.object();
    echoOriginal(data, call);
    return data.put("transactionStatus", original.status().name());
  }

  static ObjectNode tip(Call call, long tip) {
    ObjectNode data = Json.object();
    echoOriginal(data, call);
    return data.put("tipAmount", tip);
  }

  static ObjectNode expiredSession(Transaction transaction) {
    return Json.object()
        .put("sessionId", transaction.session.id)
        .put("sessionStatus", "EXPIRED")
        .put("transactionId", transaction.id)
        .put("transactionRequestId", transaction.requestId())
        .put("expiredAt", time(transaction.session.closedAtMillis()));
  }

  static ObjectNode query(Transaction transaction, Transaction.Moment moment) {
    ObjectNode data = Json.object();
    echo(data, transaction);
    status(data, moment);
    data.put("transactionType", transaction.type());
    data.set("amount", transaction.amount.toJson());
    times(data, transaction, moment);
    if (moment.status() == SimStatus.S) {
      card(data, transaction);
    }
    put(data, "terminalSn", transaction.call.text("terminalSn"));
    put(data, "description", transaction.call.text("description"));
    put(data, "attach", transaction.call.text("attach"));
    put(data, "relatedTransactionStatus", transaction.relation);
    String open = moment.status() == SimStatus.S ? "U" : "N";
    return data.put("transactionBatchStatus", transaction.closedBatch == null ? open : "C");
  }

  public static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  private static ObjectNode payment(Transaction transaction, Transaction.Moment moment) {
    ObjectNode data = Json.object();
    echo(data, transaction);
    status(data, moment);
    return data;
  }

  private static ObjectNode onlineRefund(Transaction transaction, Transaction.Moment moment) {
    ObjectNode data = payment(transaction, moment).put("transactionType", "REFUND");
    data.put("originalTransactionId", transaction.original.id);
    data.set("amount", transaction.amount.toJson());
    times(data, transaction, moment);
    put(data, "description", transaction.call.text("description"));
    return data;
  }

  private static ObjectNode session(HostedPage session) {
    return Json.object()
        .put("checkoutUrl", session.url)
        .put("expiresAt", time(session.expiresAtMillis))
        .put("sessionId", session.id);
  }

  private static void echo(ObjectNode data, Transaction transaction) {
    data.put("transactionId", transaction.id);
    put(data, "referenceOrderId", transaction.call.order());
    data.put("transactionRequestId", transaction.requestId());
    echoOriginal(data, transaction.call);
  }

  private static void echoOriginal(ObjectNode data, Call call) {
    put(data, "originalTransactionId", call.text("originalTransactionId"));
    put(data, "originalTransactionRequestId", call.text("originalTransactionRequestId"));
  }

  private static void status(ObjectNode data, Transaction.Moment moment) {
    data.put("transactionStatus", moment.status().name());
    if (moment.resultCode() != null) {
      data.put("transactionResultCode", moment.resultCode());
      data.put("transactionResultMsg", TestAmounts.message(moment.resultCode()));
    }
  }

  private static void times(ObjectNode data, Transaction transaction, Transaction.Moment moment) {
    data.put("createTime", time(transaction.createdAtMillis));
    if (moment.status().isFinal()) {
      data.put("completeTime", time(moment.atMillis()));
    }
  }

  private static void card(ObjectNode data, Transaction transaction) {
    boolean inPerson = transaction.call.operation().isInPerson();
    data.put("maskedPan", "411111******1111");
    data.put("cardNetworkType", "CREDIT");
    data.put("paymentMethodId", "VISA");
    data.put("batchNo", transaction.closedBatch == null ? "000001" : transaction.closedBatch);
    data.put("authCode", "A" + transaction.id.substring(transaction.id.length() - 5));
    data.put("entryMode", inPerson ? "CONTACTLESS" : "MANUAL");
    data.put("authenticationMethod", "NOT_AUTHENTICATED");
  }

  private static void put(ObjectNode data, String name, String value) {
    if (value != null) {
      data.put(name, value);
    }
  }
}
