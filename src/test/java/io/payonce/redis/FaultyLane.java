package io.payonce.redis;

import io.payonce.redis.failure.RedisFailure;
import io.payonce.redis.failure.RedisFailure.Reason;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** A lane on which scripts go wrong as a test wants; the rest of it is the lane behind it. */
public final class FaultyLane implements ForwardingLane {
  /** What becomes of a script. */
  public enum Fault {
    NONE,
    /** It is never written. */
    UNREACHED,
    /** It never arrives, and nothing says so. */
    SWALLOWED,
    /** It runs, and its answer is lost. */
    ANSWER_LOST,
    /** It lies in a buffer until {@link #deliver}. */
    HELD
  }

  private final RedisLane lane;
  private final List<Supplier<Future<Response>>> held = new ArrayList<>();
  private IntFunction<Fault> faults = call -> Fault.NONE;
  private int calls;

  public FaultyLane(RedisLane lane) {
    this.lane = lane;
  }

  @Override
  public RedisLane lane() {
    return lane;
  }

  /** From now on asked for each script, with its number from 1. */
  public void onScript(IntFunction<Fault> newFaults) {
    faults = newFaults;
    calls = 0;
  }

  public int calls() {
    return calls;
  }

  /** Runs what was held, in order. */
  public Future<Void> deliver() {
    Future<Void> all = Future.succeededFuture();
    for (Supplier<Future<Response>> call : held) {
      all = all.compose(done -> call.get()).mapEmpty();
    }
    held.clear();
    return all;
  }

  @Override
  public Future<Response> eval(LuaScript script, List<String> keys, List<?> args) {
    return run(() -> lane.eval(script, keys, args));
  }

  @Override
  public Future<Response> evalReplicated(
      LuaScript script, List<String> keys, List<?> args, int replicas, Duration wait) {
    return run(() -> lane.evalReplicated(script, keys, args, replicas, wait));
  }

  private Future<Response> run(Supplier<Future<Response>> call) {
    switch (faults.apply(++calls)) {
      case NONE:
        return call.get();
      case UNREACHED:
        return failed(Reason.NOT_CONNECTED);
      case SWALLOWED:
        return failed(Reason.TIMEOUT);
      case ANSWER_LOST:
        return call.get().compose(lost -> failed(Reason.LOST));
      case HELD:
        held.add(call);
        return failed(Reason.TIMEOUT);
    }
    throw new AssertionError();
  }

  private static Future<Response> failed(Reason reason) {
    return Future.failedFuture(RedisFailure.of(reason, "the test wants it so"));
  }
}
