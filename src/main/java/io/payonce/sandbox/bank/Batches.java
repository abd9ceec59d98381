package io.payonce.sandbox.bank;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.payonce.sandbox.request.Call;
import io.payonce.sandbox.request.Json;
import io.payonce.sandbox.request.LruMap;
import io.payonce.sandbox.script.SimStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Settlement: the totals of a terminal's open batch, and its closing, which cannot be undone. */
final class Batches {

  private static final String CHANNEL = "SANDBOX";

  private record Closed(String merchantId, String terminalSn, ObjectNode data) {}

  private final Transactions transactions;
  private final RecentLog<Charge> charges;
  private final Map<String, Closed> closedByRequest = new LruMap<>();
  private final RecentLog<Closed> closed = new RecentLog<>(1_000);
  private int lastBatch;

  Batches(Transactions transactions, RecentLog<Charge> charges) {
    this.transactions = transactions;
    this.charges = charges;
  }

  void clear() {
    closedByRequest.clear();
    closed.clear();
    lastBatch = 0;
  }

  ObjectNode query(Call call) {
    ObjectNode data = Json.object();
    ArrayNode list = data.putArray("batchList");
    Map<String, List<Transaction>> byCurrency = new TreeMap<>();
    for (Transaction transaction : open(call)) {
      byCurrency
          .computeIfAbsent(transaction.amount.currency(), any -> new ArrayList<>())
          .add(transaction);
    }
    byCurrency.forEach((currency, batch) -> {
      ObjectNode row = list.addObject()
          .put("batchNo", batchNo(lastBatch + 1))
          .put("startTime", Views.time(batch.get(0).createdAtMillis))
          .put("channelCode", CHANNEL)
          .put("priceCurrency", currency)
          .put("totalCount", batch.size());
      totals(row, batch);
    });
    return data;
  }

  ObjectNode close(Call call, long now) {
    String key = call.merchantId() + '/' + call.requestId();
    Closed known = closedByRequest.get(key);
    if (known != null) {
      return known.data();
    }
    List<Transaction> batch = open(call);
    String batchNo = batchNo(++lastBatch);
    String currency = batch.isEmpty() ? "USD" : batch.get(0).amount.currency();
    ObjectNode data = Json.object()
        .put("batchNo", batchNo)
        .put("terminalSn", call.text("terminalSn"))
        .put("batchTime", Views.time(now))
        .put("transactionCount", batch.size())
        .put("priceCurrency", currency);
    totals(data, batch);
    batch.forEach(transaction -> transaction.closedBatch = batchNo);
    Closed done = new Closed(call.merchantId(), call.text("terminalSn"), data);
    closedByRequest.put(key, done);
    closed.add(done);
    charges.add(new Charge(
        "BATCH_CLOSE",
        call.merchantId(),
        call.text("terminalSn") + '/' + call.text("channelCode"),
        call.requestId(),
        null,
        data.get("netAmount").longValue(),
        currency,
        now));
    return data;
  }

  ObjectNode closed(Call call) {
    ObjectNode data = Json.object();
    ArrayNode list = data.putArray("batchCloseList");
    closed.all().stream()
        .filter(batch -> batch.merchantId().equals(call.merchantId())
            && batch.terminalSn().equals(call.text("terminalSn")))
        .forEach(batch -> list.add(batch.data()));
    return data;
  }

  private List<Transaction> open(Call call) {
    return transactions
        .all()
        .filter(transaction -> transaction.merchantId().equals(call.merchantId())
            && call.text("terminalSn").equals(transaction.call.text("terminalSn")))
        .filter(transaction -> transaction.is(SimStatus.S)
            && transaction.closedBatch == null
            && !transaction.isVoided()
            && !transaction.type().equals("VOID"))
        .toList();
  }

  private static void totals(ObjectNode row, List<Transaction> batch) {
    row.put("netAmount", batch.stream().mapToLong(Batches::net).sum());
    row.put("tipAmount", batch.stream().mapToLong(each -> each.amount.tip()).sum());
    row.put(
        "surchargeAmount",
        batch.stream().mapToLong(each -> each.amount.surcharge()).sum());
    row.put("taxAmount", batch.stream().mapToLong(each -> each.amount.tax()).sum());
  }

  private static long net(Transaction transaction) {
    return switch (transaction.type()) {
      case "REFUND" -> -transaction.amount.total();
      case "SALE", "POST_AUTH" -> transaction.amount.total();
      default -> 0;
    };
  }

  private static String batchNo(int number) {
    return String.format("%06d", number);
  }
}
