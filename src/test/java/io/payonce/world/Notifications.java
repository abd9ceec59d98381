package io.payonce.world;

import static io.payonce.world.Fault.NOTICE_ASTRAY;
import static io.payonce.world.Fault.NOTICE_LATE;
import static io.payonce.world.Fault.NOTICE_LOST;
import static io.payonce.world.Fault.NOTICE_NAMELESS;
import static io.payonce.world.Fault.NOTICE_TWICE;

import io.payonce.flow.port.InboundWebhook;
import io.payonce.model.Account;
import io.payonce.model.Amount;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.PaymentId;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The platform reports how its transactions end, to some pod: at once or days later, before the
 * answer to the send or long after it, out of order, twice, to another payment's address; and again
 * until it is answered 200.
 */
final class Notifications {
  private static final long TIMEOUT_MILLIS = 10_000;
  private static final int MOST_TRIES = 12;

  /** Beyond what a record lives, so that some are of what is forgotten. */
  private static final int LATEST_MILLIS = (int) TimeUnit.HOURS.toMillis(40);

  private final World world;

  Notifications(World world) {
    this.world = world;
  }

  /** A transaction is final. */
  void ended(WorldSend send, Answer.Spoken shown) {
    if (!world.setup.kind().notifies()) {
      return;
    }
    int usual = world.chance.oneIn(2) ? 100 : 20_000;
    long in = 1 + world.chance.below(world.is(NOTICE_LATE) ? LATEST_MILLIS : usual);
    world.agenda.in(in, () -> send(send, shown, 1));
    if (world.is(NOTICE_TWICE)) {
      world.agenda.in(in + world.chance.below(100), () -> send(send, shown, 1));
    }
  }

  private void send(WorldSend send, Answer.Spoken shown, int number) {
    boolean[] over = new boolean[1];
    Runnable again = () -> {
      if (!over[0]) {
        over[0] = true;
        again(send, shown, number + 1);
      }
    };
    Pod pod = world.anyPod();
    if (pod == null || world.is(NOTICE_LOST)) {
      world.agenda.in(TIMEOUT_MILLIS, again);
      return;
    }
    world.agenda.in(TIMEOUT_MILLIS, again);
    pod.in(1 + world.chance.below(40), () -> arrive(pod, send, shown, over, again));
  }

  private void arrive(
      Pod pod, WorldSend send, Answer.Spoken shown, boolean[] over, Runnable again) {
    InboundWebhook webhook = webhook(send, shown);
    pod.flows.webhooks().handle(webhook).onComplete(done -> {
      world.tell(() -> "  pod " + pod.number + " is notified: " + send.platformId() + " is "
          + shown.envelope().status() + " -> " + (done.succeeded() ? done.result() : done.cause()));
      if (done.failed()) {
        world.witness.broken(done.cause());
        again.run();
      } else {
        world.witness.received(send, webhook, done.result());
        // That it was received may get lost, too.
        over[0] |= !world.is(NOTICE_LOST);
      }
    });
  }

  private void again(WorldSend send, Answer.Spoken shown, int number) {
    if (number <= MOST_TRIES) {
      world.agenda.in(1000L << number, () -> send(send, shown, number));
    }
  }

  private InboundWebhook webhook(WorldSend send, Answer.Spoken shown) {
    PaymentId own = send.payment();
    boolean astray = world.is(NOTICE_ASTRAY);
    PaymentId addressed = astray ? own.other(own.requestId().equals("A") ? "B" : "A") : own;
    boolean general = !astray && world.chance.oneIn(3);
    return new InboundWebhook(
        Set.of(Account.DEFAULT),
        general ? null : addressed,
        general ? Requests.MERCHANT : null,
        "a1",
        world.is(NOTICE_NAMELESS) ? nameless(shown) : shown,
        "webhook");
  }

  /** It says only what the platform calls the transaction, and how it stands. */
  private static Answer.Spoken nameless(Answer.Spoken shown) {
    Envelope said = shown.envelope();
    Envelope less = new Envelope(
        said.code(), null, said.status(), said.transactionId(), null, null, null, Amount.UNSAID);
    return new Answer.Spoken(shown.reply(), less, -1);
  }
}
