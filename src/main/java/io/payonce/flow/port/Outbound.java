package io.payonce.flow.port;

import io.payonce.json.ProxyEnvelope;
import io.payonce.json.Rewrite;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.limit.Admission;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;

/**
 * An answer to a caller, with what the headers say about it (architecture.md#response-headers).
 *
 * @param retryAfterSeconds 0 for none
 * @param outcome the word for it
 * @param upstreamNanos how long the platform took; {@link #NOT_MEASURED} for callers who were held
 */
public record Outbound(
    Reply reply,
    Source source,
    Sends sends,
    boolean replayed,
    int retryAfterSeconds,
    CallOutcome outcome,
    long upstreamNanos) {
  /** When a caller was held, its waiting is neither the platform's time nor ours. */
  public static final long NOT_MEASURED = -1;

  /**
   * When asking how a payment stands may bring more. With half, most questions find nothing new
   * while a payment is confirmed with growing pauses; with double, a customer at a till waits.
   */
  public static final int ASK_AGAIN_SECONDS = 2;

  /** Whose bytes the caller gets. */
  public enum Source {
    PLATFORM("platform"),
    LEDGER("ledger"),
    PROXY("proxy");

    private final String word;

    Source(String word) {
      this.word = word;
    }

    /** The value of Payonce-Source. */
    public String word() {
      return word;
    }
  }

  /** Says whether anything was put on the wire for this payment. */
  public enum Sent {
    YES("yes"),
    /** A proof: its record was read, or begun by this call. */
    NO("no"),
    /** Whether an earlier call sent it, was not looked up, or may have been forgotten. */
    NOT_BY_THIS_CALL("not-by-this-call"),
    UNKNOWN("unknown");

    private final String word;

    Sent(String word) {
      this.word = word;
    }

    /** The value of Payonce-Sent. */
    public String word() {
      return word;
    }
  }

  /** The sends of this payment, as far as they are known. */
  public record Sends(Sent sent, int attempts) {}

  /** Given for the first time, at once, with no word on when to come again. */
  public static Outbound of(
      Reply reply, Source source, Sent sent, int attempts, CallOutcome outcome) {
    return new Outbound(reply, source, new Sends(sent, attempts), false, 0, outcome, NOT_MEASURED);
  }

  /** An answer of our own; this call sent nothing. */
  public static Outbound refusal(Reply reply, CallOutcome outcome) {
    return of(reply, Source.PROXY, Sent.NOT_BY_THIS_CALL, 0, outcome).measured(0);
  }

  /** A bug of ours: whether something was sent is not known. */
  public static Outbound unknown(Reply reply) {
    return unknown(reply, CallOutcome.BUG);
  }

  /** An answer of our own, of which it is not known whether anything was sent. */
  public static Outbound unknown(Reply reply, CallOutcome outcome) {
    return of(reply, Source.PROXY, Sent.UNKNOWN, 0, outcome);
  }

  /**
   * Nothing was sent, because what is sent must be remembered first. An earlier call of the same
   * payment may have sent it: it is safe to try again under the same id, and another id will meet
   * the order's lock.
   */
  public static Outbound notBegun(LedgerUnavailable unavailable, String traceId) {
    return notBegun(unavailable(unavailable.word()), traceId);
  }

  /** The same where the ledger answers, but too late to rest a word on it. */
  public static Outbound notBegun(String traceId) {
    return notBegun(unavailable(""), traceId);
  }

  private static Outbound notBegun(String why, String traceId) {
    Reply reply = ProxyEnvelope.refusal("E01", why + "; this call sent nothing", traceId);
    return refusal(reply, CallOutcome.AWAY).retryAfter(1);
  }

  /**
   * This call sent nothing; whether the payment that it speaks of, which another call began, was
   * ever sent, only the ledger could say.
   */
  public static Outbound ledgerUnavailable(LedgerUnavailable unavailable, String traceId) {
    return unread(
        unavailable(unavailable.word()) + "; this call sent nothing, call again",
        Sent.UNKNOWN,
        CallOutcome.AWAY,
        traceId);
  }

  private static String unavailable(String word) {
    return "payment ledger unavailable" + (word.isEmpty() ? "" : " (Redis: " + word + ")");
  }

  /**
   * The call was not even read. It sent nothing itself, but whether an earlier one of the same
   * payment did is not known.
   */
  public static Outbound crowded(String traceId) {
    return unread(
        "too many calls at once; this one sent nothing, call again",
        Sent.NOT_BY_THIS_CALL,
        CallOutcome.CROWDED,
        traceId);
  }

  /** An abort that was not sent, because it is unknown which payment it would stop. */
  public static Outbound unstopped(String traceId) {
    return unread(
        "whose transaction that is cannot be learnt now; the abort was not sent, call again or give"
            + " originalTransactionRequestId",
        Sent.UNKNOWN,
        CallOutcome.AWAY,
        traceId);
  }

  /** What was held, and is refused with no record of its payment read. */
  private static Outbound unread(String why, Sent sent, CallOutcome outcome, String traceId) {
    Reply reply = ProxyEnvelope.refusal("E01", why, traceId);
    return of(reply, Source.PROXY, sent, 0, outcome).retryAfter(1);
  }

  /**
   * Accepted, not paid yet.
   *
   * @param order null for operations that name none
   * @param sends known to have left
   */
  public static Outbound pending(PaymentId id, String order, String traceId, int sends) {
    return pending(id, null, order, traceId, sends);
  }

  /** @param transactionId the platform's name of it; null while it is not known */
  public static Outbound pending(
      PaymentId id, String transactionId, String order, String traceId, int sends) {
    Reply reply = ProxyEnvelope.pending(id.requestId(), transactionId, order, traceId);
    return unknown(reply, CallOutcome.PENDING).sends(sends).retryAfter(ASK_AGAIN_SECONDS);
  }

  /** Nothing was sent, because a limit stands in the way. */
  public static Outbound heldBack(Admission.Refused later, String traceId) {
    Reply reply = ProxyEnvelope.refusal(later.why().code(), later.why().text(), traceId);
    long seconds = Math.max(1, (later.pauseMillis() + 999) / 1000);
    return refusal(reply, CallOutcome.of(later.why())).retryAfter((int) seconds);
  }

  /** The same refusal, once it is known that no call sent anything for this payment. */
  public Outbound neverSent() {
    return with(Sent.NO, attempts());
  }

  /** The same answer where of other calls nothing is known: it speaks for this one alone. */
  public Outbound ofThisCall() {
    return sent() == Sent.NO ? with(Sent.NOT_BY_THIS_CALL, attempts()) : this;
  }

  /** The same answer about a payment of which so many sends are known to have left. */
  public Outbound sends(int known) {
    return with(known > 0 ? Sent.YES : Sent.UNKNOWN, known);
  }

  private Outbound with(Sent sent, int attempts) {
    return new Outbound(
        reply,
        source,
        new Sends(sent, attempts),
        replayed,
        retryAfterSeconds,
        outcome,
        upstreamNanos);
  }

  /** The same answer, having waited that long for the platform. */
  public Outbound measured(long nanos) {
    return new Outbound(reply, source, sends, replayed, retryAfterSeconds, outcome, nanos);
  }

  /** The same answer to a follow-up, naming its original as the caller knows it. */
  public Outbound about(String originalRequestId) {
    if (source != Source.PLATFORM) {
      return this;
    }
    byte[] body = Rewrite.originalRequestId(reply.body(), originalRequestId);
    return new Outbound(
        new Reply(reply.contentType(), body),
        Source.LEDGER,
        sends,
        replayed,
        retryAfterSeconds,
        outcome,
        upstreamNanos);
  }

  public Outbound retryAfter(int seconds) {
    return new Outbound(reply, source, sends, replayed, seconds, outcome, upstreamNanos);
  }

  /** The same answer, given before, or waited for by another call. */
  public Outbound replayed(boolean again) {
    return new Outbound(reply, source, sends, again, retryAfterSeconds, outcome, upstreamNanos);
  }

  public Sent sent() {
    return sends.sent();
  }

  /** Sends of this payment so far. */
  public int attempts() {
    return sends.attempts();
  }
}
