package io.payonce.server;

import io.payonce.limit.Circuit;
import io.payonce.model.Answer;
import io.payonce.model.Intent;
import io.payonce.model.Reason;
import io.payonce.platform.Message;
import io.payonce.platform.Platform;
import io.payonce.rule.Breaker;
import io.payonce.rule.Remedy;
import io.vertx.core.Future;

/**
 * The platform behind its breaker: while it is open, questions pass slowly, and those that do not
 * are answered as what they are, unsent. Copies of payments have been let through before they got
 * their intent.
 */
record GuardedPlatform(Platform platform, Circuit circuit) implements Platform {
  @Override
  public Future<Answer> send(Intent intent, Message copy) {
    return platform.send(intent, copy);
  }

  @Override
  public Future<Answer> call(Message message) {
    Breaker.Call as = circuit.question();
    if (as == null) {
      return Future.succeededFuture(new Answer.Unsent(Reason.HELD_BACK.word()));
    }
    long askedAtMillis = circuit.nowMillis();
    return platform.call(message).onSuccess(answer -> {
      if (as == Breaker.Call.FRESH) {
        circuit.answered(message.target(), answer, askedAtMillis);
      }
    });
  }

  @Override
  public Future<Boolean> mend(Remedy remedy, long signedAtMillis) {
    return platform.mend(remedy, signedAtMillis);
  }
}
