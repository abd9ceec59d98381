package io.payonce.world;

import io.payonce.codes.Remedy;
import io.payonce.json.Malformed;
import io.payonce.json.RequestScan;
import io.payonce.model.Answer;
import io.payonce.model.Intent;
import io.payonce.model.Operation;
import io.payonce.model.RequestFields;
import io.payonce.platform.Platform;
import io.payonce.platform.PlatformRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;

/**
 * The wire between one pod and the platform. A send travels on when its pod dies; it leaves before
 * its intent ends or not at all, as the platform's own adapter sees to.
 */
final class PodPlatform implements Platform {
  private static final long TIMEOUT_MILLIS = 10_000;

  private final World world;
  private final Pod pod;

  PodPlatform(World world, Pod pod) {
    this.world = world;
    this.pod = pod;
  }

  @Override
  public Future<Answer> send(Intent intent, PlatformRequest message) {
    Promise<Answer> promise = Promise.promise();
    pod.in(beforeItLeaves(), () -> {
      boolean over = pod.nanos() >= intent.leavesBeforeNanos() && !signsLate();
      if (over || world.is(Fault.NO_CONNECTION)) {
        promise.complete(new Answer.Unsent(over ? "lease over" : "no connection"));
      } else {
        leave(intent, message, promise);
      }
    });
    return promise.future();
  }

  /** A connection is made, and the event loop may stall over it. */
  private long beforeItLeaves() {
    int stalls = signsLate() ? 8 : world.rate(Fault.STALL);
    int longest = world.chance.oneIn(20) ? 2000 : world.chance.oneIn(stalls) ? 1_500_000 : 5;
    return 1 + world.chance.below(longest);
  }

  private boolean signsLate() {
    return world.setup.kind() == Kind.SIGNED_LATE;
  }

  private void leave(Intent intent, PlatformRequest message, Promise<Answer> promise) {
    long stamp = signsLate() ? world.agenda.nowMillis() + pod.skewMillis : intent.stampedAtMillis();
    WorldSend send = send(intent, message, stamp);
    world.reaches(pod, intent.lease().id().requestId());
    world.witness.leaves(send);
    boolean lost = world.is(Fault.SEND_LOST);
    boolean late = world.is(Fault.SEND_LATE);
    if (lost) {
      silent(promise, TIMEOUT_MILLIS);
      return;
    }
    world.acquirer.leaves(send);
    long travels = late ? 1 + world.chance.below(610_000) : 1 + world.chance.below(40);
    if (travels >= TIMEOUT_MILLIS) {
      silent(promise, TIMEOUT_MILLIS);
    }
    pod.travels(travels, () -> {
      world.acquirer.lands(send);
      Answer answer = world.acquirer.arrive(send);
      world.tell(() -> "  " + send.platformId() + " arrives, answer: " + word(answer));
      answered(promise, answer, travels);
    });
  }

  private WorldSend send(Intent intent, PlatformRequest message, long stamp) {
    RequestFields fields;
    try {
      fields = RequestScan.scan(Operation.SALE, message.body());
    } catch (Malformed e) {
      throw new IllegalStateException(e);
    }
    String id = fields.transactionRequestId() == null
        ? intent.lease().id().requestId()
        : fields.transactionRequestId();
    return new WorldSend(
        world.witness.lifeOf(intent.lease()),
        intent.lease().id(),
        id,
        fields.referenceOrderId(),
        fields.amount(),
        stamp);
  }

  private void answered(Promise<Answer> promise, Answer answer, long passed) {
    long back =
        world.is(Fault.ANSWER_LATE) ? 1 + world.chance.below(15_000) : 1 + world.chance.below(40);
    if (passed + back >= TIMEOUT_MILLIS) {
      silent(promise, Math.max(1, TIMEOUT_MILLIS - passed));
    } else {
      Answer heard = answer == null ? new Answer.Silent("broken") : answer;
      pod.in(back, () -> promise.tryComplete(heard));
    }
  }

  private void silent(Promise<Answer> promise, long millis) {
    pod.in(millis, () -> promise.tryComplete(new Answer.Silent("timeout")));
  }

  @Override
  public Future<Answer> call(PlatformRequest message) {
    if (message.target().startsWith(Operation.QUERY.path())) {
      String id = asked(message.target());
      world.asks(pod, id);
      return ask("query " + id, () -> world.acquirer.query(id));
    }
    String id = original(message);
    return ask("abort " + id, () -> world.acquirer.abort(id));
  }

  /** Of two ids the platform goes by its own (platform.md#two-ids). */
  private static String asked(String target) {
    int own = target.indexOf("&transactionId=");
    return own < 0
        ? target.substring(target.lastIndexOf('=') + 1)
        : target.substring(own + 15).split("&")[0];
  }

  private Future<Answer> ask(String what, Supplier<Answer> question) {
    Promise<Answer> promise = Promise.promise();
    pod.travels(1 + world.chance.below(20), () -> {
      Answer answer = question.get();
      world.tell(() -> "  pod " + pod.number + " asks " + what + ": " + word(answer));
      answered(promise, answer, 0);
    });
    return promise.future();
  }

  private static String original(PlatformRequest message) {
    try {
      RequestFields fields = RequestScan.scan(Operation.SALE, message.body());
      return fields.originalTransactionId() == null
          ? fields.originalTransactionRequestId()
          : fields.originalTransactionId();
    } catch (Malformed e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Future<Boolean> remedy(Remedy remedy, long signedAtMillis) {
    Promise<Boolean> promise = Promise.promise();
    boolean mended = world.chance.oneIn(2);
    pod.in(1 + world.chance.below(20), () -> promise.complete(mended));
    return promise.future();
  }

  private static String word(Answer answer) {
    return answer instanceof Answer.Spoken spoken
        ? spoken.envelope().code()
            + (spoken.envelope().status() == null
                ? ""
                : " " + spoken.envelope().status().letter())
        : "none";
  }
}
