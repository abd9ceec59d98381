package io.payonce.world;

import io.payonce.flow.port.CallOutcome;
import io.payonce.flow.port.InboundWebhook;
import io.payonce.flow.port.Outbound;
import io.payonce.flow.port.WebhookResult;
import io.payonce.json.EnvelopeScan;
import io.payonce.json.Malformed;
import io.payonce.json.RequestScan;
import io.payonce.ledger.CloseResult;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.NewPayment;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Settlement;
import io.payonce.model.Envelope;
import io.payonce.model.Lease;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.TransactionStatus;
import io.payonce.recovery.Action;
import io.payonce.recovery.PlatformId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sees everything that happens and holds it against section 2 of the design. The first rule that is
 * broken is kept; what follows from it does not matter.
 */
final class Witness {
  private final World world;
  private final Map<String, Truth> truths = new HashMap<>();
  private final Map<PaymentId, Truth.Life> current = new HashMap<>();
  private final Map<String, Truth.Life> byFence = new HashMap<>();
  private final Map<PaymentId, String> holders = new HashMap<>();
  final Map<Action, Integer> acts = new EnumMap<>(Action.class);
  private final JournalJudge journal;
  private String violation;
  private int orderCharges;
  private long orderPaidMillis;
  private Truth.Life newestTip;

  Witness(World world) {
    this.world = world;
    journal = new JournalJudge(world.store, world.sight);
  }

  /** Null while nothing is broken. */
  String violation() {
    return violation;
  }

  private void violated(String rule, String what) {
    if (violation == null) {
      violation = rule + ": " + what;
      world.tell(() -> "!!! " + violation);
    }
  }

  /**
   * Holds only while the ledger remembers what it acknowledged. That it does not cannot be known
   * before it is noticed; what is known from then on is held against every world.
   */
  private void violatedUnlessForgotten(String rule, String what) {
    if (world.setup.kind() != Kind.LOST_MEMORY) {
      violated(rule, what);
    }
  }

  void did(Action act) {
    acts.merge(act, 1, Integer::sum);
  }

  /** Flows fail by a bug only; what the ledger's absence stops is taken up again. */
  void broken(Throwable failure) {
    if (!(failure instanceof LedgerUnavailable)) {
      violated("bug", failure.toString());
    }
  }

  // What the ledger did.

  void begun(Lease lease, NewPayment payment, int call, Pod pod) {
    Truth.Life before = byFence.get(lease.token());
    if (before != null) {
      // The same begin again, its answer was lost: if a failover took the first one's record along,
      // the payment begins now, and who asked in between asked before it began.
      before.begunAtMillis = world.agenda.nowMillis();
      before.answeredNothingSent &= before.left > 0 || world.callers.wasAnsweredNothingSent(call);
      current.put(payment.id(), before);
      holders.put(payment.id(), lease.token());
      return;
    }
    Truth truth = truth(payment.id(), payment.body());
    Truth.Life life = new Truth.Life(truth, call, world.agenda.nowMillis());
    life.answeredNothingSent = world.callers.wasAnsweredNothingSent(call);
    journal.begun(payment.id());
    current.put(payment.id(), life);
    byFence.put(lease.token(), life);
    holders.put(payment.id(), lease.token());
  }

  private Truth truth(PaymentId id, byte[] body) {
    String name = id.requestId() + "#" + amountOf(body);
    return truths.computeIfAbsent(name, absent -> new Truth(id, name));
  }

  private static Long amountOf(byte[] body) {
    try {
      return RequestScan.scan(Operation.SALE, body).amount().orderAmount();
    } catch (Malformed e) {
      throw new IllegalStateException(e);
    }
  }

  void claimed(Lease lease) {
    holders.put(lease.id(), lease.token());
    Truth.Life life = current.get(lease.id());
    if (life != null) {
      byFence.put(lease.token(), life);
    }
  }

  /**
   * Fences that a failover has made void may come back to life. "Paid" is answered before a replica
   * has it: a failover may lose its bytes, and others are settled then.
   */
  void failedOver() {
    holders.clear();
    truths.values().forEach(truth -> truth.paidUnwritten = true);
  }

  private void holds(Lease lease, String what) {
    String holder = holders.get(lease.id());
    if (holder != null && !holder.equals(lease.token())) {
      violated("S7", lease.id() + ": " + what + " by a worker that has lost its lease");
    }
  }

  void deferred(Lease lease) {
    holds(lease, "defer");
    if (holders.containsKey(lease.id())) {
      holders.put(lease.id(), "-");
    }
  }

  void attempted(Lease lease) {
    holds(lease, "intent");
    Truth.Life life = lifeOf(lease);
    if (life != null && life.aborted) {
      violatedUnlessForgotten("abort", life + " sends again after its abort was noted");
    }
  }

  Truth.Life life(PaymentId id) {
    return current.get(id);
  }

  void aborted(Truth.Life life, Optional<Payment> noted) {
    if (life != null && noted.isPresent()) {
      life.abortNoted = true;
      life.aborted |= !noted.get().isEnded();
    }
  }

  /** "Paid" may have been answered, and is not known to be written. */
  void unsure(Truth.Life life, boolean paid) {
    if (paid && life != null) {
      life.truth.paidUnwritten = true;
    }
  }

  /** When it is written; {@link #closed} comes when it can be lost no more. */
  void written(Lease lease, Settlement settlement, CloseResult close) {
    if (close instanceof CloseResult.Closed && settlement.outcome() != Outcome.PAID) {
      holds(lease, "settle");
    }
  }

  void closed(Truth.Life life, Settlement settlement, CloseResult close) {
    boolean paid = settlement.outcome() == Outcome.PAID;
    if (close instanceof CloseResult.Already already
        && paid
        && already.payment().outcome() != Outcome.PAID
        && !world.setup.foreign()
        && life != null) {
      violatedUnlessForgotten("S3", life + " was ended as " + already.payment().outcome());
    }
    if (!(close instanceof CloseResult.Closed)) {
      return;
    }
    if (life == null) {
      return;
    }
    life.ended = settlement.outcome();
    if (paid && life.truth.charges == life.truth.otherwise) {
      violated("S2", life + " is settled as paid");
    }
    if (world.setup.operation() == Operation.TIP_ADJUST) {
      return; // its release says only that it may be repeated
    }
    if (!paid && life.charges > 0) {
      violatedUnlessForgotten("S3", life + " is charged and ended as " + life.ended);
    }
    if (life.ended != Outcome.PAID && life.ended != Outcome.RELEASED && life.truth.charges > 0) {
      violatedUnlessForgotten("S3", life.truth.name + " is charged and ended as " + life.ended);
    }
  }

  Truth.Life lifeOf(Lease lease) {
    Truth.Life life = byFence.get(lease.token());
    return life == null ? current.get(lease.id()) : life;
  }

  // What happened on the wire.

  void leaves(WorldSend send) {
    Truth.Life life = send.life();
    if (life == null || !world.remembers(send.payment())) {
      violatedUnlessForgotten("S5", send.platformId() + " leaves and the ledger knows nothing");
      return;
    }
    life.left++;
    world.tell(() -> "  a copy leaves under " + send.platformId());
    if (life.answeredNothingSent) {
      violatedUnlessForgotten("S3", life + " was told that nothing was sent");
    }
    String former = former(send);
    String notOver = former == null ? null : world.acquirer.isNotOver(former);
    if (notOver != null) {
      violatedUnlessForgotten("S6", send.platformId() + " is used, but " + notOver);
    }
  }

  private static String former(WorldSend send) {
    PaymentId id = send.payment();
    for (int attempt = 2; attempt < 8 && !send.platformId().equals(id.requestId()); attempt++) {
      if (send.platformId().equals(PlatformId.of(id, attempt))) {
        return PlatformId.of(id, attempt - 1);
      }
    }
    return null;
  }

  /** An absolute value was set. */
  void effect(WorldSend send) {
    Truth.Life life = send.life();
    life.charges++;
    life.truth.charges++;
    if (newestTip != null && life.begunAtMillis < newestTip.begunAtMillis) {
      violatedUnlessForgotten("tip", life + " undoes that of " + newestTip);
    }
    newestTip =
        newestTip == null || life.begunAtMillis > newestTip.begunAtMillis ? life : newestTip;
    if (life.ended != null && life.ended != Outcome.PAID) {
      violatedUnlessForgotten("S3", life + " takes effect after it ended as " + life.ended);
    }
  }

  /** @param whole with the amount asked for */
  void charged(WorldSend send, boolean whole) {
    Truth.Life life = send.life();
    Truth truth = life.truth;
    life.charges++;
    truth.charges++;
    truth.otherwise += whole ? 0 : 1;
    if (truth.charges > 1) {
      violatedUnlessForgotten("S1", truth.name + " is charged twice");
    }
    if (life.ended != null && life.ended != Outcome.PAID) {
      violatedUnlessForgotten("S3", life + " is charged after it ended as " + life.ended);
    }
    if (life.begunAtMillis < truth.deniedAtMillis) {
      violatedUnlessForgotten("S3", life + " is charged after a caller heard that it is not");
    }
    if (world.setup.operation().pays()) {
      orderCharged();
    }
  }

  private void orderCharged() {
    long now = world.agenda.nowMillis();
    long keep = world.setup.ledger().retentionMillis() + world.setup.ledger().tombstoneMillis();
    if (orderCharges++ == 0) {
      orderPaidMillis = now;
    } else if (now < orderPaidMillis + keep - world.setup.jumpMillis()) {
      violatedUnlessForgotten("S1", "the order is charged twice");
    }
  }

  // What the platform was sent.

  /** A message that is answered 200 is never repeated: what it says must stand. */
  void received(WorldSend send, InboundWebhook webhook, WebhookResult result) {
    Envelope said = webhook.said().envelope();
    boolean settles = result == WebhookResult.SETTLED || result == WebhookResult.REPEATED;
    boolean names = said.transactionRequestId() != null;
    if (said.status() == TransactionStatus.SUCCESS
        && settles
        && names
        && !world.isSafelyPaid(send.payment())) {
      violated("N1", send.payment() + " is paid, the platform is told that we know, and we do not");
    }
    if (result == WebhookResult.UNKNOWN && names && world.sight.remembers(send.payment())) {
      violated("N2", send.payment() + " is unknown to who is told that it has ended");
    }
  }

  // What callers were answered.

  void answered(Callers.Call call, Outbound out) {
    Envelope envelope = EnvelopeScan.scan(out.reply().body());
    if (envelope == null) {
      violated("bug", "call " + call.number() + " is told no envelope");
      return;
    }
    if (out.sent() == Outbound.Sent.NO) {
      nothingSentAnswered(call);
    }
    if (call.what() != Callers.What.ABORT) {
      wordAnswered(call, out, envelope);
    }
    switch (call.what()) {
      case BROKEN -> {}
      case PAY -> paymentAnswered(call, out, envelope);
      case QUERY -> queryAnswered(call, envelope);
      case ABORT -> abortAnswered(call, envelope);
    }
  }

  /** Who is refused for another payment is answered which: one that has begun here. */
  private boolean inTheWay(Outbound out, String named) {
    return out.outcome().word().startsWith("order-")
        && truths.values().stream().anyMatch(each -> each.id.requestId().equals(named));
  }

  /** Every answer: it is about what was asked for, and no verdict before there is one. */
  private void wordAnswered(Callers.Call call, Outbound out, Envelope envelope) {
    String named = envelope.transactionRequestId();
    if (named != null && !named.equals(call.id()) && !isTip() && !inTheWay(out, named)) {
      violated("S2", call + " is told of " + named);
    }
    boolean unsettled = out.outcome() == CallOutcome.OPEN || out.outcome() == CallOutcome.PENDING;
    if (unsettled && !isPending(envelope)) {
      violated(
          "S4",
          call + " is told " + envelope.code() + " " + envelope.status() + " of what is "
              + out.outcome());
    }
  }

  /** Where code 0 would be read as done, it is another. */
  private boolean isPending(Envelope envelope) {
    boolean unknown = world.setup.operation().hasResult() && envelope.code().equals("E02");
    return unknown || !isTip() && isAcceptance(envelope);
  }

  private static boolean isAcceptance(Envelope envelope) {
    return envelope.code().equals("0")
        && (envelope.status() == null || !envelope.status().isFinal());
  }

  private boolean isTip() {
    return world.setup.operation() == Operation.TIP_ADJUST;
  }

  /** Whoever is answered that a payment is stopped must not be charged by the next send of it. */
  private void abortAnswered(Callers.Call call, Envelope envelope) {
    Truth.Life life = current.get(new PaymentId(Requests.MERCHANT, call.id()));
    if (envelope.code().equals("0")
        && envelope.status() == null
        && life != null
        && life.begunAtMillis <= call.askedAtMillis()
        && !life.abortNoted) {
      violatedUnlessForgotten("S3", life + " is stopped by " + call + ", and it is not noted");
    }
  }

  private void paymentAnswered(Callers.Call call, Outbound out, Envelope envelope) {
    boolean tip = world.setup.operation() == Operation.TIP_ADJUST;
    PaymentId id = new PaymentId(Requests.MERCHANT, tip ? "call~call-" + call.number() : call.id());
    boolean names = !tip && world.setup.operation() != Operation.VOID;
    Truth truth = truths.get(id.requestId() + "#" + (names ? call.amount() : null));
    boolean paid = says(envelope, TransactionStatus.SUCCESS)
        || world.setup.operation().hasResult()
            && envelope.code().equals("0")
            && envelope.status() == null;
    if (paid) {
      if (truth == null || truth.charges == truth.otherwise) {
        violated("S2", "call " + call.number() + " is told paid");
      } else {
        differs(truth.answered(true, out.reply().body(), out.outcome() != CallOutcome.LATE));
      }
      return;
    }
    // "Its result was not received" is no verdict: whoever hears it asks.
    boolean resultless = world.setup.operation().hasResult() && envelope.code().equals("E02");
    if (truth != null && !tip && !resultless) {
      refusalAnswered(call, out, envelope, truth);
    }
  }

  private void refusalAnswered(Callers.Call call, Outbound out, Envelope envelope, Truth truth) {
    boolean isFinal = switch (out.outcome()) {
      case UNPAID, REFUSED, LATE -> true;
      default -> false;
    };
    boolean open = envelope.code().equals("0")
        && !says(envelope, TransactionStatus.FAIL)
        && !says(envelope, TransactionStatus.CLOSED);
    if (isFinal && open) {
      violated("S3", "an end without a verdict: " + out.outcome());
    }
    if (isFinal || !open && out.outcome().word().startsWith("order-")) {
      if (truth.charges > 0) {
        violatedUnlessForgotten("S3", truth.name + " is charged; told " + out.outcome());
      }
    }
    if (isFinal) {
      differs(truth.answered(false, out.reply().body(), out.outcome() != CallOutcome.LATE));
    }
  }

  /** Whoever is answered so may pay by other means, whichever call of the payment it was. */
  private void nothingSentAnswered(Callers.Call call) {
    Truth.Life life = current.get(new PaymentId(Requests.MERCHANT, call.id()));
    if (life == null || life.call != call.number() && life.begunAtMillis >= call.askedAtMillis()) {
      return;
    }
    boolean givenBack = life.call != call.number() && life.ended == Outcome.RELEASED;
    if (!givenBack) {
      life.answeredNothingSent = true;
      if (life.left > 0) {
        String what = life + " was sent, and told that it was not";
        if (world.store.asksFirst(world.agenda.nowMillis() - call.askedAtMillis())) {
          violated("S3", what);
        } else {
          violatedUnlessForgotten("S3", what);
        }
      }
    }
  }

  /** A question names the id, not the request: a ledger that forgets may have begun two. */
  private boolean isPaid(PaymentId id) {
    return truths.values().stream()
        .anyMatch(each -> each.id.equals(id) && each.charges > each.otherwise);
  }

  private void queryAnswered(Callers.Call call, Envelope envelope) {
    Truth.Life life = current.get(new PaymentId(Requests.MERCHANT, call.id()));
    if (life == null) {
      return;
    }
    Truth truth = life.truth;
    // Another's under that id is answered while the ledger knows of none of ours.
    // So is another's transaction, asked for by its name, where ours went to another platform.
    boolean elsewhere = world.setup.twoPlatforms()
        && call.name() != null
        && !Requests.orderOf(call.id()).equals(envelope.referenceOrderId());
    boolean ours =
        !elsewhere && life.begunAtMillis < call.askedAtMillis() && world.sight.remembers(truth.id);
    if (says(envelope, TransactionStatus.SUCCESS) && (ours || !world.setup.foreign())) {
      if (!isPaid(truth.id)) {
        violated("S2", call + " is told paid");
      } else if (!world.sight.isWrittenPaid(truth.id) && !world.setup.failsOver()) {
        violated("S2", call + " is told paid, and it is not written");
      }
    }
    if (world.setup.foreign()) {
      return;
    }
    boolean no = envelope.code().equals("C12")
        || says(envelope, TransactionStatus.FAIL)
        || says(envelope, TransactionStatus.CLOSED);
    // Answered while the ledger was unavailable: until it is written, that name is unknown here.
    boolean unheardOf =
        call.name() != null && truth.paidUnwritten && envelope.code().equals("C12");
    if (!no || unheardOf) {
      return;
    }
    truth.deniedAtMillis = Math.max(truth.deniedAtMillis, call.askedAtMillis());
    if (life.charges > 0 && life.begunAtMillis < call.askedAtMillis()) {
      violatedUnlessForgotten(
          "S3", life + " is charged; query " + call.number() + " is told " + envelope.code());
    }
  }

  private void differs(String difference) {
    if (difference != null) {
      violatedUnlessForgotten("S4", difference);
    }
  }

  private static boolean says(Envelope envelope, TransactionStatus status) {
    return envelope.code().equals("0") && envelope.status() == status;
  }

  // What stands in the ledger.

  /** After each move. */
  void inspect() {
    String fault = world.sight.fault(world.setup.kind().losesMemory());
    if (fault != null) {
      violated("S8", fault);
    }
  }

  /** When all faults have ceased for long enough. */
  void last() {
    String unreported = world.sight.unreported();
    if (unreported != null) {
      violated("N3", unreported);
    }
    String contradictory = world.sight.contradictory();
    if (contradictory != null) {
      violated("N4", contradictory);
    }
    String unfinished = world.sight.unfinished();
    if (unfinished != null) {
      violated("L1", unfinished + " long after all faults have ceased");
    }
    world.callers.unanswered().ifPresent(call -> violated("L1", call + " waits for ever"));
    for (PaymentId id : world.setup.foreign() ? Set.<PaymentId>of() : current.keySet()) {
      boolean mayBeLost = world.setup.failsOver() && !world.sight.remembers(id);
      String fault = journal.fault(id, isPaid(id), isTip() || mayBeLost);
      if (fault != null) {
        violatedUnlessForgotten("journal", fault);
      }
    }
    for (Truth.Life life : current.values()) {
      if (world.setup.operation() != Operation.TIP_ADJUST
          && life.charges > 0
          && life.ended != null
          && life.ended != Outcome.PAID) {
        violatedUnlessForgotten("S3", life + " ended as " + life.ended);
      }
    }
  }
}
