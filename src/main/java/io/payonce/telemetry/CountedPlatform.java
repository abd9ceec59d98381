package io.payonce.telemetry;

import io.payonce.codes.Code;
import io.payonce.codes.Remedy;
import io.payonce.model.Answer;
import io.payonce.model.Intent;
import io.payonce.platform.Platform;
import io.payonce.platform.PlatformRequest;
import io.vertx.core.Future;
import java.util.function.Consumer;

/** The platform, each of whose answers is counted once by its code, whoever asked. */
public record CountedPlatform(Platform platform, Consumer<Code> said) implements Platform {
  @Override
  public Future<Answer> send(Intent intent, PlatformRequest request) {
    return platform.send(intent, request).onSuccess(this::count);
  }

  @Override
  public Future<Answer> call(PlatformRequest message) {
    return platform.call(message).onSuccess(this::count);
  }

  @Override
  public Future<Boolean> remedy(Remedy remedy, long signedAtMillis) {
    return platform.remedy(remedy, signedAtMillis);
  }

  private void count(Answer answer) {
    if (answer instanceof Answer.Spoken spoken) {
      said.accept(Code.of(spoken.envelope().code()));
    }
  }
}
