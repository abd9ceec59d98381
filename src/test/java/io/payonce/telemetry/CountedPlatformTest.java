package io.payonce.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.codes.Code;
import io.payonce.model.Amount;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Reply;
import io.payonce.platform.Platform;
import io.vertx.core.Future;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountedPlatformTest {
  private final List<Code> counted = new ArrayList<>();

  private Platform platform(Answer answer) {
    Platform platform = (Platform) Proxy.newProxyInstance(
        Platform.class.getClassLoader(),
        new Class<?>[] {Platform.class},
        (self, method, args) -> Future.succeededFuture(answer));
    return new CountedPlatform(platform, counted::add);
  }

  @Test
  void each_answer_is_counted_once_whoever_asked_and_silence_is_none() {
    Envelope envelope = new Envelope("C12", null, null, null, null, null, null, Amount.UNSAID);
    Platform speaks = platform(new Answer.Spoken(Reply.json(new byte[0]), envelope, -1));
    assertThat(speaks.call(null).succeeded()).isTrue();
    assertThat(speaks.send(null, null).succeeded()).isTrue();
    assertThat(counted).containsExactly(Code.C12, Code.C12);
    assertThat(platform(new Answer.Silent("none")).call(null).succeeded()).isTrue();
    assertThat(counted).hasSize(2);
  }
}
