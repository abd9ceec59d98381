package io.payonce.sandbox.bank;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.payonce.sandbox.request.Call;
import io.payonce.sandbox.request.FieldRules;
import io.payonce.sandbox.request.Idempotency;
import io.payonce.sandbox.request.Refusal;
import io.payonce.sandbox.request.SandboxSettings;
import io.payonce.sandbox.request.SimAmount;
import io.payonce.sandbox.request.SimOperation;
import io.payonce.sandbox.script.SimOutcome;
import io.payonce.sandbox.script.SimStatus;
import io.payonce.sandbox.script.TestAmounts;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Executes calls and keeps the books. A call begins (everything that can refuse it is checked, its
 * order is locked) and finishes (money moves, the lock is freed). Every method gets our time.
 */
public final class Bank {

  private final TransactionLedger books;
  private final OtherCalls otherCalls;
  private final Set<String> executing = new HashSet<>();
  private final String idPrefix;
  private String checkoutUrl = "";
  private long lastId;

  /**
   * @param idPrefix keeps ids unique across restarts, for callers remember them
   * @param hearer gets each end of a transaction that names a notifyUrl, inside the call that ends
   *     it
   */
  public Bank(String idPrefix, Consumer<EndedTransaction> hearer) {
    this.idPrefix = idPrefix;
    this.books = new TransactionLedger(hearer);
    this.otherCalls = new OtherCalls(books);
  }

  public synchronized void checkoutUrl(String url) {
    checkoutUrl = url;
  }

  public synchronized Charges charges(long now) {
    books.agenda.run(now);
    return new Charges(books.charges.all());
  }

  /** Does what is due, and says when something is due again; never is {@link Long#MAX_VALUE}. */
  public synchronized long catchUp(long now) {
    books.agenda.run(now);
    return books.agenda.nextMillis();
  }

  public synchronized void reset() {
    books.clear();
    otherCalls.clear();
    executing.clear();
  }

  /**
   * @param scripted what is to become of it, or null to go by the amount and the settings
   * @throws Refusal if nothing was done and nothing will be
   */
  public synchronized Ticket begin(
      Call call, SimOutcome scripted, SandboxSettings settings, long now) {
    books.agenda.run(now);
    if (call.operation().kind() == SimOperation.Kind.OTHER) {
      return new Ticket(call, null, null, false, false);
    }
    Transaction original = original(call);
    SimAmount amount = SimAmount.of(call.fields());
    if (amount == null) {
      amount = FollowUps.defaultAmount(call, original);
    }
    String lockKey = lockKey(call, original);
    String fingerprint = fingerprint(call, original, amount);
    checkLock(lockKey, original, settings);
    Transaction known = books.transactions.byRequest(call.merchantId(), call.requestId());
    if (known != null && settings.orders().idempotency() != Idempotency.NONE) {
      return repeat(call, known, fingerprint, settings);
    }
    if (amount.order() > settings.orders().amountLimit()) {
      throw new Refusal(
          "C14", "amount exceeds the limit of " + settings.orders().amountLimit());
    }
    checkOrder(call, original, amount, lockKey, settings, now);
    Transaction made =
        new Transaction(nextId(), call.remembered(), original, amount, lockKey, fingerprint, now);
    made.become(SimStatus.P, null, now);
    if (call.operation() == SimOperation.CREATE_SESSION) {
      made.session = page(call, made.id, settings, now);
    }
    books.transactions.add(made);
    executing.add(lockKey);
    return ticket(call, made, scripted, settings);
  }

  /** The data of the answer; with P01 instead where the channel is to time out. */
  public synchronized SimAnswer finish(Ticket ticket, long now) {
    books.agenda.run(now);
    Transaction made = ticket.transaction();
    if (made == null) {
      return SimAnswer.success(otherCalls.perform(ticket.call(), now));
    }
    if (!ticket.repeat() && books.transactions.holds(made)) {
      executing.remove(made.lockKey);
      books.play(made, ticket.outcome().stages(), now);
      books.closeInTime(made, FieldRules.expiry(ticket.call()), now);
    }
    return ticket.timesOut()
        ? SimAnswer.code("P01", "bank channel exception")
        : SimAnswer.success(Views.answer(made, made.latest()));
  }

  /** As if the request arrived so much later; a refusal then reaches no caller. */
  public synchronized void later(
      Call call, SimOutcome scripted, SandboxSettings settings, long atMillis) {
    books.agenda.at(atMillis, due -> {
      try {
        finish(begin(call, scripted, settings, due), due);
      } catch (Refusal refused) {
        // The caller has long gone.
      }
    });
  }

  public synchronized ObjectNode query(Call call, long lagMillis, long now) {
    books.agenda.run(now);
    Transaction found = books.transactions.named(call, "transactionId", "transactionRequestId");
    Transaction.Moment seen = found == null ? null : found.at(now - lagMillis);
    if (seen == null) {
      throw new Refusal("C12", "order does not exist");
    }
    return Views.query(found, seen);
  }

  /** The transaction that a query or a follow-up names, or null. */
  public synchronized Transaction named(Call call) {
    return call.operation() == SimOperation.QUERY
        ? books.transactions.named(call, "transactionId", "transactionRequestId")
        : books.transactions.named(call, "originalTransactionId", "originalTransactionRequestId");
  }

  /** By hand: gives an unfinished transaction its final status. */
  public synchronized void settle(
      String merchantId, String requestId, SimStatus status, String resultCode, long now) {
    books.agenda.run(now);
    Transaction found = books.transactions.byRequest(merchantId, requestId);
    if (found == null) {
      throw new Refusal("C12", "no transaction " + merchantId + '/' + requestId);
    }
    if (found.status().isFinal()) {
      throw new Refusal("C24", "the transaction is already " + found.status());
    }
    books.become(found, status, resultCode, now);
  }

  /** The shopper does something on a hosted page. */
  public synchronized void press(
      String sessionId, HostedPage.Press as, String resultCode, long slowMillis, long now) {
    books.agenda.run(now);
    Transaction found = books.transactions.bySession(sessionId);
    if (found == null) {
      throw new Refusal("C12", "session does not exist");
    }
    books.pages.press(found, as, resultCode, slowMillis, now);
  }

  public synchronized ArrayNode pages(long now) {
    books.agenda.run(now);
    return books.pages.shown();
  }

  private Transaction original(Call call) {
    boolean refers =
        call.operation().kind() == SimOperation.Kind.FOLLOW_UP && call.refersToOriginal();
    return refers ? books.transactions.original(call) : null;
  }

  private void checkLock(String lockKey, Transaction original, SandboxSettings settings) {
    boolean locked =
        executing.contains(lockKey) || (original != null && executing.contains(original.lockKey));
    if (locked && settings.orders().refuseLockedOrder()) {
      throw new Refusal("C08", "transaction locked");
    }
  }

  private static Ticket repeat(
      Call call, Transaction known, String fingerprint, SandboxSettings settings) {
    if (settings.orders().idempotency() == Idempotency.C06
        || !known.fingerprint.equals(fingerprint)) {
      throw new Refusal("C06", "duplicate request serial number");
    }
    return new Ticket(call, known, null, false, true);
  }

  private void checkOrder(
      Call call,
      Transaction original,
      SimAmount amount,
      String lockKey,
      SandboxSettings settings,
      long now) {
    if (books.isOpen(lockKey) && settings.orders().refuseLockedOrder()) {
      throw new Refusal("C08", "transaction locked: another one is not finished");
    }
    if (original != null) {
      FollowUps.check(call, original, amount, now);
    } else if (call.operation() != SimOperation.REFUND
        && settings.orders().refusePaidOrder()
        && books.transactions.isPaid(call.merchantId(), call.order())) {
      throw new Refusal("C10", "order already paid");
    }
  }

  private static String lockKey(Call call, Transaction original) {
    return original == null
        ? call.merchantId() + "/order/" + call.order()
        : call.merchantId() + "/original/" + original.id;
  }

  private static String fingerprint(Call call, Transaction original, SimAmount amount) {
    return String.join(
        "|",
        call.operation().name(),
        String.valueOf(call.order()),
        original == null ? "" : original.id,
        call.fields().path("amount").isMissingNode() ? "" : amount.toString(),
        String.valueOf(call.text("terminalSn")),
        call.fields().path("paymentMethod").toString());
  }

  private Ticket ticket(
      Call call, Transaction made, SimOutcome scripted, SandboxSettings settings) {
    if (scripted != null) {
      return new Ticket(call, made, scripted, false, false);
    }
    if (call.operation() == SimOperation.CREATE_SESSION) {
      SimOutcome unpaid = SimOutcome.waiting(SimStatus.I, SimOutcome.FOR_EVER, null);
      return new Ticket(call, made, unpaid, false, false);
    }
    SimOutcome outcome = byAmount(call, made.amount, settings);
    boolean timesOut = !outcome.isDecidedAtOnce();
    boolean waits = call.operation().isInPerson() && settings.pace().terminalDelayMillis() > 0;
    return waits && !timesOut
        ? new Ticket(
            call,
            made,
            SimOutcome.terminal(settings.pace().terminalDelayMillis(), outcome),
            false,
            false)
        : new Ticket(call, made, outcome, timesOut, false);
  }

  private static SimOutcome byAmount(Call call, SimAmount amount, SandboxSettings settings) {
    return switch (call.operation()) {
      case REFUND, CHECKOUT_REFUND, VOID -> SimOutcome.approved();
      default -> TestAmounts.outcome(amount.order(), settings.pace().channelTimeoutMillis());
    };
  }

  private HostedPage page(Call call, String transactionId, SandboxSettings settings, long now) {
    String id = "cs_" + transactionId;
    Long said = FieldRules.expiry(call);
    long until = said == null ? now + settings.pages().sessionLifeMillis() : said;
    return new HostedPage(id, checkoutUrl + id, until, settings);
  }

  private String nextId() {
    return idPrefix + String.format("%08d", ++lastId);
  }
}
