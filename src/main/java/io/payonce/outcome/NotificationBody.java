package io.payonce.outcome;

import io.payonce.json.DataObject;
import io.payonce.ledger.Outcome;
import io.payonce.model.Operation;
import io.payonce.model.TransactionStatus;
import java.util.Map;

/**
 * Writes what a caller's hook is sent: the transaction as the platform's own query shows it
 * (platform.md#webhooks), under the caller's own ids. What the platform has said of it is kept.
 */
final class NotificationBody {
  /** As notifications name them (platform.md#webhooks). */
  private static final Map<Operation, String> TYPES = Map.of(
      Operation.SALE, "SALE",
      Operation.CHECKOUT_SALE, "SALE",
      Operation.CREATE_SESSION, "SALE",
      Operation.AUTH, "AUTH",
      Operation.FORCED_AUTH, "FORCED_AUTH",
      Operation.INCREMENTAL_AUTH, "INCREMENTAL",
      Operation.POST_AUTH, "POST_AUTH",
      Operation.REFUND, "REFUND",
      Operation.CHECKOUT_REFUND, "REFUND",
      Operation.VOID, "VOID");

  private NotificationBody() {}

  static byte[] of(Notice notice) {
    Notice.Ending ending = notice.ending();
    DataObject said = ending.answer() == null
        ? new DataObject()
        : DataObject.of(ending.answer().body());
    DataObject data = agrees(said.status(), ending.outcome()) ? said : new DataObject();
    data.put("transactionRequestId", notice.id().requestId());
    data.putIfMissing("referenceOrderId", ending.order());
    // A hosted page's kept answer is the page: it names none.
    if (ending.outcome() == Outcome.PAID) {
      data.putIfMissing("transactionId", ending.transactionId());
    }
    if (data.status() == null) {
      data.put(
          ending.outcome() == Outcome.PAID ? TransactionStatus.SUCCESS : TransactionStatus.FAIL);
    }
    data.putIfMissing(ending.asked());
    data.putIfMissing("transactionType", type(ending.operation()));
    if (isRefusal(said) && ending.outcome() != Outcome.PAID) {
      data.putIfMissing("transactionResultCode", said.code());
      data.putIfMissing("transactionResultMsg", said.msg());
    }
    return data.bytes();
  }

  /** Null where none is documented. */
  private static String type(Operation operation) {
    return operation == null ? null : TYPES.get(operation);
  }

  /** An operator may have decided otherwise than the answer says that is kept. */
  private static boolean agrees(TransactionStatus said, Outcome outcome) {
    return said == null
        || said.isFinal() && (said == TransactionStatus.SUCCESS) == (outcome == Outcome.PAID);
  }

  // An answer with a code other than this one has no transaction that could have a status.
  private static boolean isRefusal(DataObject said) {
    return !said.code().isEmpty() && !said.code().equals("0");
  }
}
