package io.payonce.world;

import io.payonce.flow.port.Inbound;
import io.payonce.flow.port.Outbound;
import io.payonce.json.EnvelopeScan;
import io.payonce.model.Envelope;
import io.payonce.model.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who calls: they repeat and overlap, use two ids on one order, change bodies, ask, abort, come
 * late.
 */
final class Callers {
  enum What {
    PAY,
    /** A body that validation refuses, under the payment's id. */
    BROKEN,
    QUERY,
    ABORT
  }

  /**
   * One call of one caller.
   *
   * @param name the platform's, when a payment is asked for or stopped by it; else null
   * @param twoIds asked for by both, and they need not be of one payment
   */
  record Call(
      int number,
      What what,
      String id,
      String name,
      boolean twoIds,
      long amount,
      long askedAtMillis) {
    @Override
    public String toString() {
      return "call " + number + " (" + what + " " + id + (name == null ? "" : " as " + name) + " "
          + amount + ")";
    }
  }

  private static final long SECOND = 1000;
  private static final long HOUR = 3600 * SECOND;
  private static final long LATEST = 150 * HOUR;

  private final World world;
  private final List<Pod> servers = new ArrayList<>();
  private final Set<Integer> open = new HashSet<>();
  private final List<Call> calls = new ArrayList<>();
  private final Set<Integer> answeredNothingSent = new HashSet<>();
  private final Map<String, String> names = new HashMap<>();

  Callers(World world) {
    this.world = world;
  }

  /** Plans all calls; returns after how many milliseconds the last of them is made. */
  long plan() {
    int count = 1 + world.chance.below(4);
    long at = 0;
    for (int i = 0; i < count; i++) {
      int number = i;
      at = Math.min(LATEST, at + (i == 0 ? 0 : pause()));
      int drawn = i == 0 ? 0 : world.chance.below(12);
      boolean patient = world.chance.oneIn(2);
      world.agenda.in(at, () -> call(number, drawn, patient));
    }
    return at;
  }

  private long pause() {
    boolean late = world.setup.kind().forgets();
    return switch (world.chance.below(late ? 8 : 6)) {
      case 0, 1 -> world.chance.below(100);
      case 2 -> world.chance.below(5 * (int) SECOND);
      case 3 -> world.chance.below(60 * (int) SECOND);
      case 4 -> world.chance.below(15 * 60 * (int) SECOND);
      case 5 -> HOUR + world.chance.below(30) * HOUR;
      default -> 50 * HOUR + world.chance.below(50) * HOUR;
    };
  }

  private void call(int number, int drawn, boolean patient) {
    Pod pod = world.anyPod();
    if (pod == null) {
      world.agenda.in(SECOND, () -> call(number, drawn, patient));
      return;
    }
    String id = drawn == 5 || drawn == 6 || drawn == 10 ? "B" : "A";
    boolean broken = drawn < 7 && number > 0 && world.chance.oneIn(10);
    What what = broken ? What.BROKEN : drawn < 7 ? What.PAY : drawn < 11 ? What.QUERY : What.ABORT;
    long amount = drawn == 4 ? 2000 : 1000;
    boolean named = drawn >= 7 && names.containsKey(id) && world.chance.oneIn(2);
    String name = named ? names.get(id) : null;
    boolean twoIds = what == What.QUERY && !names.isEmpty() && world.chance.oneIn(4);
    if (twoIds) {
      List<String> all = names.values().stream().sorted().toList();
      name = all.get(world.chance.below(all.size()));
    }
    Call call = new Call(number, what, id, name, twoIds, amount, world.agenda.nowMillis());
    calls.add(call);
    servers.add(pod);
    open.add(number);
    pod.in(0, () -> serve(pod, call, patient ? world.setup.flow().waitBudgetMillis() : 0));
  }

  private void serve(Pod pod, Call call, long wait) {
    world.tell(() -> "pod " + pod.number + " gets " + call);
    Operation operation = world.setup.operation();
    Inbound inbound = switch (call.what()) {
      case PAY ->
        world.setup.kind().notifies()
            ? Requests.hooked(operation, call.id(), call.amount(), wait, call.number())
            : Requests.pay(operation, call.id(), call.amount(), wait, call.number());
      case BROKEN -> Requests.broken(operation, call);
      case QUERY -> Requests.query(call);
      case ABORT -> Requests.abort(call);
    };
    world.calling(
        call.number(),
        () -> pod.flows.handle(inbound).onComplete(done -> {
          open.remove(call.number());
          if (done.failed()) {
            world.witness.broken(new IllegalStateException(call + " fails", done.cause()));
          } else {
            answered(call, done.result());
          }
        }));
  }

  private void answered(Call call, Outbound out) {
    world.tell(() -> call + " is told " + out.outcome() + ", sent " + out.sent() + ": "
        + new String(out.reply().body(), java.nio.charset.StandardCharsets.UTF_8));
    if (call.what() == What.PAY && out.sent() == Outbound.Sent.NO) {
      answeredNothingSent.add(call.number());
    }
    Envelope envelope = EnvelopeScan.scan(out.reply().body());
    boolean own = envelope != null
        && !call.twoIds()
        && (envelope.transactionRequestId() == null
            || envelope.transactionRequestId().equals(call.id()));
    if (own && envelope.transactionId() != null) {
      names.put(call.id(), envelope.transactionId());
    }
    world.witness.answered(call, out);
  }

  boolean wasAnsweredNothingSent(int call) {
    return answeredNothingSent.contains(call);
  }

  /** A call that has no answer although its pod lives. */
  Optional<Call> unanswered() {
    for (int i = 0; i < calls.size(); i++) {
      if (open.contains(calls.get(i).number()) && !servers.get(i).isDead()) {
        return Optional.of(calls.get(i));
      }
    }
    return Optional.empty();
  }
}
