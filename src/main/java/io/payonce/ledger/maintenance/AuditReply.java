package io.payonce.ledger.maintenance;

import io.payonce.ledger.OrderStanding;
import io.payonce.ledger.redis.FixedFields;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Set;

/**
 * Reads what the script {@code facts} said of a payment and of the order that it names, or is named
 * by.
 */
record AuditReply(PaymentId id, String orderName, Response reply) {
  private static final int NOW = 1;
  private static final int KIND = 2;
  private static final int FIELDS = 3;
  private static final int DUE = 4;
  private static final int LISTED = 5;
  private static final int ORDER = 6;
  private static final int RECORD_ENDS = 7;
  private static final int ORDER_ENDS = 8;
  private static final int TOMB = 9;
  private static final int GONE = 10;

  /** The fields of a record that {@code audit.lua} reads, in its order. */
  private enum Field {
    STAGE,
    FENCE,
    OUTCOME,
    WAS,
    TERMS,
    SHUT
  }

  private static final Set<String> ENDED = Set.of("SETTLED", "RELEASED");

  Audit.Snapshot seen() {
    return new Audit.Snapshot(
        kept(),
        text(DUE).isEmpty() ? null : (long) Double.parseDouble(text(DUE)) - number(NOW),
        order(),
        number(RECORD_ENDS) >= 0 || order() == Audit.Order.OWN && number(ORDER_ENDS) >= 0,
        !text(LISTED).isEmpty());
  }

  private Audit.Kept kept() {
    if (text(KIND).equals("none")) {
      return text(TOMB).isEmpty() ? Audit.Kept.NOTHING : Audit.Kept.ENDED;
    }
    if (!text(KIND).equals("hash")) {
      return Audit.Kept.BROKEN;
    }
    if (FixedFields.isNewer(field(Field.TERMS))) {
      return Audit.Kept.NEWER;
    }
    if (field(Field.STAGE).isEmpty()) {
      return Audit.Kept.BROKEN;
    }
    return ENDED.contains(field(Field.STAGE)) ? Audit.Kept.ENDED : Audit.Kept.UNSETTLED;
  }

  private Audit.Order order() {
    // A page whose order was handed on has none any more.
    if (orderName.isEmpty() || field(Field.SHUT).matches("\\d+ .+")) {
      return Audit.Order.NONE;
    }
    String mark = text(ORDER);
    if (mark.isEmpty()) {
      return Audit.Order.FREE;
    }
    OrderStanding standing = OrderStanding.read(mark);
    if (id.requestId().equals(standing.holder())) {
      return Audit.Order.OWN;
    }
    return standing.holder() == null && standing.payers().equals(List.of(id.requestId()))
        ? Audit.Order.PAID
        : Audit.Order.OTHERS;
  }

  /** What the order is marked with by these repairs; empty: it stays as it is. */
  String mark(Set<Audit.Repair> repairs, LedgerSettings settings) {
    if (repairs.contains(Audit.Repair.ORDER_UNTAKEN)) {
      return "held:" + id.requestId();
    }
    if (!repairs.contains(Audit.Repair.ORDER_LEFT)) {
      return "";
    }
    OrderStanding left = OrderStanding.read(text(ORDER)).heldBy(null);
    for (String payer : OrderStanding.read(field(Field.WAS)).payers()) {
      left = left.with(payer);
    }
    if (isPaid() && settings.onePayment(id) && number(GONE) == 0) {
      left = left.with(id.requestId());
    }
    return left.mark() == null ? "free" : left.mark();
  }

  /** A tombstone does not say whose order it was: then "paid" is the safe mark. */
  private boolean isPaid() {
    String outcome = field(Field.OUTCOME).isEmpty() ? text(TOMB) : field(Field.OUTCOME);
    Operation operation =
        FixedFields.read(field(Field.TERMS)).map(FixedFields::operation).orElse(null);
    return (operation == null || operation.pays()) && outcome.startsWith("PAID");
  }

  List<Object> asSeen() {
    return List.of(id.toString(), field(Field.STAGE), field(Field.FENCE), text(DUE), text(ORDER));
  }

  private String field(Field field) {
    return reply.get(FIELDS).get(field.ordinal()).toString();
  }

  private String text(int at) {
    return reply.get(at).toString();
  }

  private long number(int at) {
    return reply.get(at).toLong();
  }
}
