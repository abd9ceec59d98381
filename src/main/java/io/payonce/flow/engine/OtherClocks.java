package io.payonce.flow.engine;

import io.payonce.flow.port.Time;
import io.payonce.model.Answer;
import io.payonce.model.PaymentId;
import io.payonce.recovery.Window;

/**
 * Measures how long ago something was by clocks other than the ledger's, which may have jumped: by
 * the platform's Date, or by the monotonic time since this process first saw it.
 */
public final class OtherClocks {
  private final Time time;

  public OtherClocks(Time time) {
    this.time = time;
  }

  /**
   * Of the last send of a payment.
   *
   * @param intentAtMillis by the ledger's clock
   * @param aheadMillis how far the platform's was ahead of that one then; null when unknown
   * @param answer that is judged, with or without a Date; null when there is none
   */
  public Window window(
      PaymentId id, long intentAtMillis, long nowMillis, Long aheadMillis, Answer answer) {
    return new Window(
        nowMillis - intentAtMillis,
        platform(intentAtMillis, aheadMillis, answer),
        seen(id, intentAtMillis));
  }

  /**
   * Since something that happened to it later. Either clock will do: the ledger's may have jumped
   * between the intent, when it was compared with the platform's, and this.
   */
  public long eitherSince(PaymentId id, long atMillis, Long aheadMillis, Answer answer) {
    long seen = seen(id, atMillis);
    Long platform = platform(atMillis, aheadMillis, answer);
    return platform == null ? seen : Math.max(seen, platform);
  }

  /** Counts from the first call on. */
  public long seen(PaymentId id, long atMillis) {
    return time.sightings().millis(id, atMillis);
  }

  private static Long platform(long atMillis, Long aheadMillis, Answer answer) {
    return aheadMillis != null
            && answer instanceof Answer.Spoken spoken
            && spoken.dateMillis() != Answer.Spoken.NO_DATE
        ? spoken.dateMillis() - (atMillis + aheadMillis)
        : null;
  }
}
