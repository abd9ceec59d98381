package io.payonce.limit;

import io.payonce.codes.Remedy;
import io.payonce.model.Answer;
import io.payonce.model.Intent;
import io.payonce.model.SendFailure;
import io.payonce.platform.Platform;
import io.payonce.platform.PlatformRequest;
import io.vertx.core.Future;

/**
 * Guards the platform by its breaker: while that is open, queries pass slowly, and those that do
 * not are answered as unsent. Payments were admitted before they got their intent.
 */
public record GuardedPlatform(Platform platform, PodBreaker circuit) implements Platform {
  @Override
  public Future<Answer> send(Intent intent, PlatformRequest request) {
    return platform.send(intent, request);
  }

  @Override
  public Future<Answer> call(PlatformRequest message) {
    if (circuit.question() == null) {
      return Future.succeededFuture(new Answer.Unsent(SendFailure.HELD_BACK.word()));
    }
    long askedAtMillis = circuit.nowMillis();
    return platform
        .call(message)
        .onSuccess(answer -> circuit.answered(message.target(), answer, askedAtMillis));
  }

  @Override
  public Future<Boolean> remedy(Remedy remedy, long signedAtMillis) {
    return platform.remedy(remedy, signedAtMillis);
  }
}
