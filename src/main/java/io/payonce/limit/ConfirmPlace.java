package io.payonce.limit;

import io.payonce.model.Answer;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * A question's place in flight, for one question: to be used at once, or it is lost. So what may
 * throw comes before it is taken, or within the exchange.
 */
public interface ConfirmPlace {
  /** Asks; the place is given back when the answer is there, whatever comes of it. */
  Future<Answer> over(Supplier<Future<Answer>> exchange);
}
