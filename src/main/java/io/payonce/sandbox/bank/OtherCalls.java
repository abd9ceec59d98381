package io.payonce.sandbox.bank;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.payonce.sandbox.request.Call;
import io.payonce.sandbox.request.Refusal;
import io.payonce.sandbox.script.SimStatus;

/** The calls that make no transaction of their own. */
final class OtherCalls {

  private final TransactionLedger books;
  private final Batches batches;

  OtherCalls(TransactionLedger books) {
    this.books = books;
    this.batches = new Batches(books.transactions, books.charges);
  }

  void clear() {
    batches.clear();
  }

  ObjectNode perform(Call call, long now) {
    return switch (call.operation()) {
      case ABORT -> abort(call, now);
      case TIP_ADJUST -> tip(call, now);
      case EXPIRE_SESSION -> books.pages.expire(call, now);
      case BATCH_QUERY -> batches.query(call);
      case BATCH_CLOSE -> batches.close(call, now);
      case BATCH_CLOSE_LIST -> batches.closed(call);
      case MERCHANT_QUERY -> Merchant.describe(call);
      case TERMINALS_QUERY -> Merchant.terminals(call);
      default -> throw new IllegalStateException("not executed here: " + call.operation());
    };
  }

  private ObjectNode abort(Call call, long now) {
    Transaction original = books.transactions.original(call);
    if (original.is(SimStatus.S) || original.is(SimStatus.F) && original.session == null) {
      throw new Refusal("C24", "nothing to abort: the transaction is " + original.status());
    }
    if (original.session != null) {
      books.pages.close(original, now);
    }
    books.become(original, SimStatus.C, null, now);
    return Views.abort(call, original);
  }

  private ObjectNode tip(Call call, long now) {
    Transaction original = books.transactions.original(call);
    if (!original.is(SimStatus.S) || original.relation != null || original.closedBatch != null) {
      throw new Refusal("C24", "the tip of this transaction can no longer be changed");
    }
    long tip = call.fields().get("tipAmount").longValue();
    if (original.amount.tip() != tip) {
      original.amount = original.amount.withTip(tip);
      books.charge(original, "TIP_ADJUST", null, tip, now);
    }
    return Views.tip(call, tip);
  }
}
