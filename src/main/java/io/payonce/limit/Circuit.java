package io.payonce.limit;

import io.payonce.model.Answer;
import io.payonce.rule.Breaker;
import io.payonce.rule.Health;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The breaker of one platform host, shared by this pod's event loops. Each pod has its own: each
 * sees enough of the platform to judge it, and one pod's bad line must not stop the others.
 */
public final class Circuit {
  private static final Logger LOG = LoggerFactory.getLogger(Circuit.class);
  private static final String[] WORDS = {"closed", "open", "half-open"};

  private final String host;
  private final LongSupplier nowMillis;
  private final AtomicReference<Breaker> state;

  /** @param nowMillis a clock that never goes back; shared with those who report answers */
  public Circuit(String host, LongSupplier nowMillis) {
    this.host = host;
    this.nowMillis = nowMillis;
    this.state = new AtomicReference<>(Breaker.first(nowMillis.getAsLong()));
  }

  public String host() {
    return host;
  }

  public long nowMillis() {
    return nowMillis.getAsLong();
  }

  /** 0 closed, 1 open, 2 half-open. */
  public int figure() {
    return state.get().at(nowMillis()).figure();
  }

  public String word() {
    return WORDS[figure()];
  }

  /** Whether such a call may leave; true must be followed by heard or unused. */
  public boolean ask(Breaker.Call call) {
    while (true) {
      long now = nowMillis();
      Breaker was = state.get();
      Breaker present = was.at(now);
      boolean admitted = present.admits(call, now);
      if (replace(was, admitted ? present.gone(call, now) : present)) {
        return admitted;
      }
    }
  }

  public void heard(Answer answer, long askedAtMillis) {
    Health health = Health.of(answer);
    Breaker was;
    Breaker next;
    do {
      long now = nowMillis();
      was = state.get();
      next = was.at(now).heard(health, askedAtMillis, now);
    } while (!replace(was, next));
  }

  void unused() {
    Breaker was;
    do {
      was = state.get();
    } while (!replace(was, was.unused()));
  }

  long pauseMillis() {
    return state.get().pauseMillis(nowMillis());
  }

  private boolean replace(Breaker was, Breaker next) {
    if (was == next) {
      return true;
    }
    boolean replaced = state.compareAndSet(was, next);
    if (replaced && was.figure() != next.figure()) {
      LOG.warn("The breaker of {} is {} now", host, WORDS[next.figure()]);
    }
    return replaced;
  }
}
