package io.payonce.sandbox.bank;

import io.payonce.sandbox.request.Call;
import io.payonce.sandbox.request.Refusal;
import io.payonce.sandbox.request.SimAmount;
import io.payonce.sandbox.request.SimOperation;
import io.payonce.sandbox.script.SimStatus;
import java.util.Set;

/** Decides what may be done to an earlier transaction, and does it. */
final class FollowUps {

  private static final Set<String> HOLDS = Set.of("AUTH", "FORCED_AUTH");
  private static final Set<String> SALES = Set.of("SALE", "POST_AUTH");
  private static final long DAY_MILLIS = 86_400_000;

  private FollowUps() {}

  /** Refuses with C24 what the original's state does not allow, with C15 a refund too large. */
  static void check(Call call, Transaction original, SimAmount amount, long now) {
    if (!original.is(SimStatus.S) || original.isVoided()) {
      throw wrongState("the original transaction is " + state(original));
    }
    switch (call.operation()) {
      case VOID -> checkVoid(original, now);
      case REFUND, CHECKOUT_REFUND -> checkRefund(original, amount);
      default -> checkHold(original);
    }
  }

  /** What a referenced refund, capture or void is about, where the caller does not say. */
  static SimAmount defaultAmount(Call call, Transaction original) {
    return call.operation() == SimOperation.VOID
        ? original.amount
        : SimAmount.plain(original.amount.currency(), refundable(original));
  }

  /** Marks the original after a follow-up has succeeded. */
  static void applyTo(Transaction original, Transaction followUp) {
    original.relation = switch (followUp.type()) {
      case "VOID" -> "VOIDED";
      case "INCREMENTAL" -> "INCREMENTAL";
      case "POST_AUTH" -> "CAPTURE";
      default -> refundable(original) > 0 ? "PART_REFUNDED" : "REFUNDED";
    };
  }

  private static void checkVoid(Transaction original, long now) {
    if (now / DAY_MILLIS != original.createdAtMillis / DAY_MILLIS) {
      throw wrongState("only transactions of the same day can be voided");
    }
    if (original.closedBatch != null) {
      throw wrongState("the original transaction is in a closed batch");
    }
    if (original.relation != null) {
      throw wrongState("the original transaction is " + original.relation);
    }
  }

  private static void checkRefund(Transaction original, SimAmount amount) {
    if (!SALES.contains(original.type())) {
      throw wrongState("a " + original.type() + " cannot be refunded");
    }
    long rest = refundable(original);
    if (amount.total() > rest || rest == 0) {
      throw new Refusal("C15", "refund exceeds the refundable rest of " + rest);
    }
  }

  private static void checkHold(Transaction original) {
    if (!HOLDS.contains(original.type()) || "CAPTURE".equals(original.relation)) {
      throw wrongState("the original transaction is not an open authorisation");
    }
  }

  private static long refundable(Transaction original) {
    long taken = original.followUps.stream()
        .filter(followUp -> "REFUND".equals(followUp.type()))
        .filter(refund -> !refund.is(SimStatus.F) && !refund.is(SimStatus.C) && !refund.isVoided())
        .mapToLong(refund -> refund.amount.total())
        .sum();
    return original.amount.total() - taken;
  }

  private static String state(Transaction original) {
    return original.isVoided() ? "VOIDED" : original.status().name();
  }

  private static Refusal wrongState(String why) {
    return new Refusal("C24", "original transaction status not allowed: " + why);
  }
}
