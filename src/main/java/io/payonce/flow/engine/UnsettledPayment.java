package io.payonce.flow.engine;

import io.payonce.codes.Classification.Expected;
import io.payonce.flow.port.Time;
import io.payonce.flow.port.Trace;
import io.payonce.json.Malformed;
import io.payonce.json.RequestScan;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Road;
import io.payonce.ledger.Settlement;
import io.payonce.model.Account;
import io.payonce.model.Answer;
import io.payonce.model.ClosedPage;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.PaymentRef;
import io.payonce.model.Reply;
import io.payonce.model.RequestFields;
import io.payonce.model.Scope;
import io.payonce.model.TransactionStatus;
import io.payonce.platform.PlatformRequest;
import io.payonce.recovery.History;
import io.payonce.recovery.PlatformId;
import io.payonce.recovery.Stage;
import io.payonce.validation.RequestRules;
import java.util.stream.IntStream;

/**
 * A payment that has no outcome yet, as the recovery machine looks at it. Whoever may act on it has
 * a {@link LeasedPayment}; who only explains or judges it has it as {@link Seen}.
 */
public sealed interface UnsettledPayment permits LeasedPayment, UnsettledPayment.Seen {
  PaymentRef ref();

  Request request();

  Progress progress();

  Times times();

  /** Names the call, or the look, that works on it now. */
  String traceId();

  /**
   * The caller's request.
   *
   * @param account under whose key it is sent and asked about
   * @param message the first send as it was or would be sent
   * @param road the platform's reports on it come to us; null when they go past us
   */
  record Request(
      Operation operation,
      Account account,
      RequestFields fields,
      PlatformRequest message,
      Road road) {
    /**
     * Where an operator has another member name the payment, the platform goes by the usual one all
     * the same if the body has it, too.
     */
    private String knownAs(PaymentId id) {
      RequestFields usual = RequestScan.texts(message.body());
      return RequestRules.isNamed(usual, Scope.MERCHANT)
          ? usual.transactionRequestId()
          : id.requestId();
    }

    /** Read again from the bytes that the ledger keeps, by who never saw the caller's headers. */
    public static Request read(Payment payment) throws Malformed {
      return new Request(
          payment.operation(),
          payment.account(),
          RequestScan.scan(payment.operation(), payment.body()),
          PlatformRequests.message(payment.operation(), payment.body()),
          payment.road());
    }

    /** The same where it was read before, or would not have begun. */
    public static Request of(Payment payment) {
      try {
        return read(payment);
      } catch (Malformed malformed) {
        throw new IllegalStateException(
            "a body from the ledger cannot be read: " + malformed.getMessage());
      }
    }
  }

  /**
   * Its progress so far.
   *
   * @param answerSoFar what may have to be passed on, null when there is nothing
   * @param steps how often it has been deferred
   * @param shut of a hosted page: since when it is known to be closed; else null
   */
  record Progress(Stage stage, Reply answerSoFar, int steps, ClosedPage shut) {
    /** Begun just now: nothing but its first send is known. */
    static final Progress BEGUN = new Progress(Stage.first(), null, 0, null);

    static Progress of(Payment payment) {
      Stage stage = payment.stage();
      return new Progress(
          payment.doubtedSinceMillis() > 0 ? stage.doubted() : stage,
          payment.answer(),
          payment.steps(),
          payment.shut());
    }

    Progress at(Stage next) {
      return new Progress(next, answerSoFar, steps, shut);
    }

    Progress after(int deferrals) {
      return new Progress(stage, answerSoFar, deferrals, shut);
    }

    Progress answered(Reply answer) {
      return new Progress(stage, answer, steps, shut);
    }

    Progress shut(ClosedPage known) {
      return new Progress(stage, answerSoFar, steps, known);
    }
  }

  /**
   * Its times.
   *
   * @param clock the ledger's time, carried on by our own monotonic clock
   * @param waitMillis how long its first caller is held
   */
  record Times(LedgerClock clock, long begunAtMillis, long intentAtMillis, long waitMillis) {
    static Times of(Payment payment, Time time) {
      Payment.Times at = payment.times();
      LedgerClock clock =
          new LedgerClock(time, at.nowMillis(), at.doubtedSinceMillis(), at.platformAheadMillis());
      return new Times(clock, at.begunAtMillis(), at.intentAtMillis(), at.waitMillis());
    }

    Times intendedNow() {
      return new Times(clock, begunAtMillis, clock.nowMillis(), waitMillis);
    }
  }

  /** A payment without the right to work on it. */
  record Seen(PaymentRef ref, Request request, Progress progress, Times times)
      implements UnsettledPayment {
    @Override
    public String traceId() {
      return Trace.OFF.traceId();
    }
  }

  /** As it was read from the ledger. */
  static UnsettledPayment of(Payment payment, Request request, Time time) {
    return new Seen(payment.ref(), request, Progress.of(payment), Times.of(payment, time));
  }

  default PaymentId id() {
    return ref().id();
  }

  default Operation operation() {
    return request().operation();
  }

  default Account account() {
    return request().account();
  }

  default RequestFields fields() {
    return request().fields();
  }

  default Stage stage() {
    return progress().stage();
  }

  default Reply answerSoFar() {
    return progress().answerSoFar();
  }

  default int steps() {
    return progress().steps();
  }

  default ClosedPage shut() {
    return progress().shut();
  }

  default LedgerClock clock() {
    return times().clock();
  }

  default long intentAtMillis() {
    return times().intentAtMillis();
  }

  /** A hosted page that has its order; where it takes none, it ends when it is made. */
  default boolean isPage() {
    return operation() == Operation.CREATE_SESSION && ref().order() != null;
  }

  default PageTimes.Page page() {
    return new PageTimes.Page(intentAtMillis(), stage().history(), answerSoFar(), shut());
  }

  default int attempt() {
    return stage().history().generation();
  }

  /** Under which the platform knows it now; null where it knows it by no id of ours. */
  default String platformId() {
    if (operation().identity() != Operation.Identity.CALLERS) {
      return null;
    }
    return operation().isReissued()
        ? PlatformId.of(id(), stage().history())
        : request().knownAs(id());
  }

  /** What {@link Settlement#remembered stays} of it. */
  default String rememberedId() {
    return Settlement.remembered(operation(), isPage(), platformId());
  }

  /**
   * How it ends.
   *
   * @param transactionId the platform's name of it; null when that is not known
   */
  default Settlement end(
      Outcome outcome, Reply answer, History history, String transactionId, String event) {
    boolean pays = operation().pays() && outcome == Outcome.PAID;
    return new Settlement(outcome, answer, history, transactionId, rememberedId(), pays, event);
  }

  /**
   * The id under which the caller knows the payment that this one follows on, null without one. The
   * body may name it by a reissued id, the order goes by the caller's.
   */
  default String callersOriginal() {
    boolean byRequestId =
        fields().originalTransactionId() == null && fields().originalTransactionRequestId() != null;
    return byRequestId ? RequestRules.originalRequestId(ref().order()) : null;
  }

  default Expected expected() {
    return expected(platformId());
  }

  /**
   * The same in what may show that one of its former ids has moved money. How that one stands
   * otherwise says nothing of the present one.
   */
  default Expected expectedIn(Answer answer) {
    if (attempt() == 1
        || !(answer instanceof Answer.Spoken spoken)
        || spoken.envelope().status() != TransactionStatus.SUCCESS) {
      return expected();
    }
    String named = spoken.envelope().transactionRequestId();
    boolean former = IntStream.range(1, attempt())
        .anyMatch(attempt -> PlatformId.of(id(), attempt).equals(named));
    return expected(former ? named : platformId());
  }

  /** The same in an answer in which the caller finds its own id. */
  default Expected answeredAs() {
    return expected(attempt() == 1 ? platformId() : id().requestId());
  }

  private Expected expected(String requestId) {
    return new Expected(
        operation(), requestId, fields().referenceOrderId(), fields().amount());
  }
}
