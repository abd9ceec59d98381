package io.payonce.server;

import io.payonce.model.Answer;
import io.payonce.model.Intent;
import io.payonce.platform.Message;
import io.payonce.platform.Platform;
import io.payonce.rule.Code;
import io.payonce.rule.Remedy;
import io.vertx.core.Future;
import java.util.function.Consumer;

/** The platform, each of whose answers is counted once by its code, whoever asked. */
record CountedPlatform(Platform platform, Consumer<Code> said) implements Platform {
  @Override
  public Future<Answer> send(Intent intent, Message copy) {
    return platform.send(intent, copy).onSuccess(this::count);
  }

  @Override
  public Future<Answer> call(Message message) {
    return platform.call(message).onSuccess(this::count);
  }

  @Override
  public Future<Boolean> mend(Remedy remedy, long signedAtMillis) {
    return platform.mend(remedy, signedAtMillis);
  }

  private void count(Answer answer) {
    if (answer instanceof Answer.Spoken spoken) {
      said.accept(Code.of(spoken.envelope().code()));
    }
  }
}
