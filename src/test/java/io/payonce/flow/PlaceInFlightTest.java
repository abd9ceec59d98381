package io.payonce.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.engine.PaymentEngine;
import io.payonce.flow.engine.RetryTiming;
import io.payonce.flow.engine.RetryTimingTest;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.Sightings;
import io.payonce.flow.port.Telemetry;
import io.payonce.flow.port.Time;
import io.payonce.limit.ConfirmPlace;
import io.payonce.limit.Limits;
import io.payonce.limit.Permit;
import io.payonce.model.Answer;
import io.payonce.model.Operation;
import io.payonce.platform.Platform;
import io.payonce.recovery.Stage;
import io.vertx.core.Future;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A place in flight that is not given back is one less for all others, for ever. */
class PlaceInFlightTest {
  private final AtomicInteger places = new AtomicInteger();
  private final Limits limits = port(Limits.class, (name, args) -> {
    if (!name.equals("acquireConfirm")) {
      throw new UnsupportedOperationException(name);
    }
    places.incrementAndGet();
    return Future.succeededFuture(Optional.<ConfirmPlace>of(this::over));
  });
  private final Permit permit = new Permit() {
    @Override
    public void answered(Answer answer, long tookNanos) {
      places.decrementAndGet();
    }

    @Override
    public void release() {
      places.decrementAndGet();
    }
  };

  /** As a place does; that of a pod is tested on its own. */
  private Future<Answer> over(Supplier<Future<Answer>> exchange) {
    return Future.succeededFuture()
        .compose(entered -> exchange.get())
        .onComplete(left -> places.decrementAndGet());
  }

  private interface Call {
    Object answer(String name, Object[] args);
  }

  private static <T> T port(Class<T> type, Call call) {
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (self, method, args) -> call.answer(method.getName(), args)));
  }

  private PaymentEngine conclusion(Call platform) {
    Time time = port(Time.class, (name, args) -> switch (name) {
      case "nanos" -> 0L;
      case "sightings" -> Sightings.NONE;
      default -> 0.5;
    });
    return new PaymentEngine(
        null,
        null,
        Accounts.only(port(Platform.class, platform), limits),
        null,
        new RetryTiming(Shop.SETTINGS, time),
        time,
        port(Telemetry.class, (name, args) -> null));
  }

  private static Object broken(String name, Object[] args) {
    throw new IllegalStateException("a bug");
  }

  @Test
  void a_confirm_that_meets_a_bug_gives_its_place_back() throws Exception {
    Stage doubt = Stage.read("IN_DOUBT", "1.1.1.");
    Future<?> ending = conclusion(PlaceInFlightTest::broken)
        .resume(RetryTimingTest.work(Operation.SALE, doubt, ""));
    assertThat(ending.failed()).isTrue();
    assertThat(places).hasValue(0);
  }

  @Test
  void a_confirm_that_nothing_can_be_asked_for_takes_no_place() throws Exception {
    Stage open = Stage.read("OPEN", "1.1.0.sop");
    Future<?> ending = Future.succeededFuture(RetryTimingTest.work(Operation.TIP_ADJUST, open, ""))
        .compose(conclusion(PlaceInFlightTest::broken)::resume);
    assertThat(ending.failed()).isTrue();
    assertThat(places).hasValue(0);
  }

  @Test
  void a_send_that_meets_a_bug_gives_its_place_back() throws Exception {
    places.set(1);
    Future<?> thrown = conclusion(PlaceInFlightTest::broken)
        .send(RetryTimingTest.work(Operation.SALE, Stage.first(), ""), null, permit);
    assertThat(thrown.failed()).isTrue();
    assertThat(places).hasValue(0);
    places.set(1);
    Future<?> failed = conclusion((name, args) -> Future.failedFuture("a bug"))
        .send(RetryTimingTest.work(Operation.SALE, Stage.first(), ""), null, permit);
    assertThat(failed.failed()).isTrue();
    assertThat(places).hasValue(0);
  }
}
