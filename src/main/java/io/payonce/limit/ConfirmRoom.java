package io.payonce.limit;

import io.payonce.codes.Health;
import io.payonce.model.Answer;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The places of a pod's questions about payments. Their number finds itself: after an outage it
 * begins small and grows while the platform answers as quickly as ever, and what fails makes it
 * small again. Thread-safe.
 */
final class ConfirmRoom {
  /** So many may always run: with none a payment in doubt would never end. */
  static final int LEAST = 8;

  /**
   * A window of few answers lasts five seconds: by one place each, a platform that takes a second
   * to answer would be asked too little for two minutes. At double, it begins with few no more.
   */
  private static final int STEP = 8;

  /**
   * However few sends the platform takes of us: with half of it, 50,000 payments of a pod would not
   * be asked about in three minutes where an answer takes 50 ms.
   */
  static final int USUAL = 32;

  /**
   * Questions that hang, each with a connection of its own for the time of an exchange: as many as
   * all of them could be before any had to step aside.
   */
  static final int ASIDE = 256;

  private final AdaptiveLimit pace;
  private final FairRoom room = new FairRoom(ASIDE);
  private final LongSupplier nowMillis;

  /** @param most places that are never exceeded */
  ConfirmRoom(int most, LongSupplier nowMillis) {
    pace = new AdaptiveLimit(LEAST, Math.max(LEAST, most), STEP, 1);
    this.nowMillis = nowMillis;
  }

  /** @param part what is left beside the sends */
  synchronized Optional<ConfirmPlace> enter(String merchantId, int part) {
    long now = nowMillis.getAsLong();
    FairRoom.Place place = room.enter(merchantId, places(part), now);
    if (place == null) {
      return Optional.empty();
    }
    pace.enterUnlimited();
    return Optional.of(new Taken(place));
  }

  /** Places now, of which some may be taken. */
  synchronized int places(int part) {
    return Math.min(pace.limit(), Math.max(USUAL, part));
  }

  private synchronized void answered(FairRoom.Place place, Answer answer) {
    room.leave(place);
    long now = nowMillis.getAsLong();
    Health health = Health.of(answer);
    if (health == Health.UNKNOWN) {
      pace.leave();
      return;
    }
    boolean spoken = answer instanceof Answer.Spoken;
    pace.observed(0, health, spoken && health == Health.HEALTHY, now - place.sinceMillis(), now);
  }

  private synchronized void left(FairRoom.Place place) {
    room.leave(place);
    pace.leave();
  }

  private final class Taken implements ConfirmPlace {
    private final FairRoom.Place place;

    Taken(FairRoom.Place place) {
      this.place = place;
    }

    @Override
    public Future<Answer> over(Supplier<Future<Answer>> exchange) {
      return Tried.of(exchange)
          .onSuccess(answer -> answered(place, answer))
          .onFailure(bug -> left(place));
    }
  }
}
