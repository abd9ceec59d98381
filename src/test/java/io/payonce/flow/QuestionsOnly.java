package io.payonce.flow;

import io.payonce.codes.Remedy;
import io.payonce.model.Answer;
import io.payonce.model.Intent;
import io.payonce.platform.Platform;
import io.payonce.platform.PlatformRequest;
import io.vertx.core.Future;

/** A platform that is only asked: whatever sends or remedies does what it must not. */
public abstract class QuestionsOnly implements Platform {
  @Override
  public final Future<Answer> send(Intent intent, PlatformRequest message) {
    throw new AssertionError("nothing may be sent");
  }

  @Override
  public final Future<Boolean> remedy(Remedy remedy, long signedAtMillis) {
    throw new AssertionError("nothing may be remedied");
  }
}
