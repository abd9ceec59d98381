package io.payonce.flow.port;

import io.payonce.ledger.Outcome;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.platform.PlatformRequest;
import io.vertx.core.Future;

/**
 * A call, or one look at a payment in recovery, as those see it who trace it. The flow says which
 * step begins; how it ended they read from its result. By itself it does nothing, at no cost.
 */
public interface Trace {
  /** No call is traced. */
  Trace OFF = new Trace() {};

  /** The id under which it is found; null while no call is traced. */
  default String traceId() {
    return null;
  }

  /** Which payment it is about. */
  default void about(Operation operation, PaymentId id) {}

  default Step begin() {
    return Step.UNSEEN;
  }

  /** @param send 1 for the payment's first */
  default Step send(int send) {
    return Step.UNSEEN;
  }

  default Step confirm() {
    return Step.UNSEEN;
  }

  /** The payment waits for its due time; whoever goes on then may go on in the same trace. */
  default Step defer() {
    return Step.UNSEEN;
  }

  default Step settle(Outcome outcome) {
    return Step.UNSEEN;
  }

  /** The whole lasts until this is done; returns it. */
  default <T> Future<T> during(Future<T> all) {
    return all;
  }

  /** One step, from when it is asked for until its result is there. */
  interface Step {
    Step UNSEEN = new Step() {};

    /** Returns the result, by which it ends. */
    default <T> Future<T> over(Future<T> result) {
      return result;
    }

    /** The same message, telling the platform of this step where it is traced. */
    default PlatformRequest carrying(PlatformRequest message) {
      return message;
    }
  }
}
