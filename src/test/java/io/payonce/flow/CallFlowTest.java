package io.payonce.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.Inbound;
import io.payonce.flow.port.Outbound;
import io.payonce.flow.port.Telemetry;
import io.payonce.flow.port.Time;
import io.payonce.flow.port.Trace;
import io.payonce.json.EnvelopeScan;
import io.payonce.limit.Limits;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Operation;
import io.payonce.model.Reply;
import io.payonce.platform.Platform;
import io.vertx.core.Future;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How often a call outside the ledger leaves: while its caller has patience for one more. */
class CallFlowTest {

  private long nowMillis;
  private int sends;

  private final List<String> unlocked = new ArrayList<>();

  private final Telemetry telemetry = new Unheard() {

    @Override
    public void passedUnlocked(String path) {
      unlocked.add(path);
    }
  };

  private final Time time = new Time() {
    @Override
    public long nanos() {
      return nowMillis * 1_000_000;
    }

    @Override
    public double chance() {
      return 1;
    }

    @Override
    public Future<Void> pause(long millis) {
      nowMillis += millis;
      return Future.succeededFuture();
    }
  };

  private static <T> T port(Class<T> type, java.util.function.Supplier<Object> answer) {
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> answer.get()));
  }

  /** A platform that is silent, and takes so long for it. */
  private Outbound call(Operation operation, long waitMillis, long exchangeMillis) {
    return call(
        operation, "POST", "/v1/anything", waitMillis, exchangeMillis, new Answer.Silent("none"));
  }

  private Outbound call(
      Operation operation,
      String method,
      String target,
      long waitMillis,
      long exchangeMillis,
      Answer answer) {
    nowMillis = 0;
    sends = 0;
    Platform platform = port(Platform.class, () -> {
      nowMillis += exchangeMillis;
      sends++;
      return Future.succeededFuture(answer);
    });
    Limits limits = port(Limits.class, () -> Future.succeededFuture(true));
    Inbound inbound = new Inbound(
        operation,
        new Inbound.Request(method, target, null, List.of(), new byte[0]),
        waitMillis,
        new Inbound.Call("trace-1", Trace.OFF, null, "call-1"));
    return new CallFlow(Accounts.only(platform, limits), time, telemetry, Shop.SETTINGS)
        .handle(inbound)
        .result();
  }

  private List<String> unlocked(String method, String target, Answer answer) {
    unlocked.clear();
    call(null, method, target, 20_000, 10, answer);
    return unlocked;
  }

  private static Answer spoken(String code) {
    Envelope envelope =
        EnvelopeScan.scan(("{\"code\":\"" + code + "\"}").getBytes(StandardCharsets.UTF_8));
    return new Answer.Spoken(new Reply("application/json", new byte[0]), envelope, -1);
  }

  @Test
  void a_quick_failure_is_repeated() {
    Outbound out = call(Operation.EXPIRE_SESSION, 20_000, 10);
    assertThat(sends).isEqualTo(3);
    assertThat(out.attempts()).isEqualTo(3);
  }

  @Test
  void a_caller_is_not_held_beyond_its_wait_by_a_platform_that_stays_silent() {
    call(Operation.EXPIRE_SESSION, 20_000, 12_000);
    assertThat(sends).isEqualTo(1);
    call(Operation.EXPIRE_SESSION, 20_000, 5500);
    assertThat(sends).isEqualTo(2);
    call(Operation.EXPIRE_SESSION, 1000, 10);
    assertThat(sends).isEqualTo(1);
  }

  @Test
  void what_we_do_not_know_leaves_once() {
    call(null, 20_000, 10);
    assertThat(sends).isEqualTo(1);
  }

  @Test
  void a_post_that_is_not_described_may_have_moved_money() {
    assertThat(unlocked("POST", "/v1/wallet/charge?a=b", spoken("0")))
        .containsExactly("/v1/wallet/charge");
    assertThat(unlocked("POST", "/v1/wallet/charge", spoken("C15"))).hasSize(1);
    assertThat(unlocked("POST", "/v1/wallet/charge", new Answer.Silent("none"))).hasSize(1);
  }

  @Test
  void what_is_read_or_did_not_arrive_is_no_such_call() {
    assertThat(unlocked("GET", "/v1/wallet/charge", spoken("0"))).isEmpty();
    assertThat(unlocked("POST", "/v1/wallet/charge", spoken("C18"))).isEmpty();
    assertThat(unlocked("POST", "/v1/wallet/charge", new Answer.Unsent("refused")))
        .isEmpty();
    assertThat(unlocked("POST", "/v1/wallet/batch-query", spoken("0"))).isEmpty();
    call(Operation.EXPIRE_SESSION, 20_000, 10);
    assertThat(unlocked).isEmpty();
  }
}
