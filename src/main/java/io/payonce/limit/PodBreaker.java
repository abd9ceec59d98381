package io.payonce.limit;

import io.payonce.codes.Health;
import io.payonce.limit.Breaker.Call;
import io.payonce.model.Answer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The breakers of one platform host, shared by this pod's event loops: one for each merchant, one
 * for the platform, which several merchants must show to be sick, and one for questions, which say
 * nothing of how payments are taken. Each pod has its own: each sees enough of the platform to
 * judge it, and one pod's bad line must not stop the others.
 */
public final class PodBreaker {
  private static final Logger LOG = LoggerFactory.getLogger(PodBreaker.class);
  private static final String[] WORDS = {"closed", "open", "half-open"};

  /** A caller who invents merchants must not fill the heap; beyond, they share the platform's. */
  private static final int MOST = 10_000;

  /**
   * So many things that cannot be asked about are those payments' trouble, not the platform's. They
   * are asked about again and again, so half of all answers may soon be about them.
   */
  private static final int THEIR_OWN_TROUBLE = Breaker.LEAST_ANSWERS;

  /** Of whose look there is no report: longer than Redis takes to hand out a payment. */
  private static final long LOOK_MILLIS = 2000;

  private final String host;
  private final LongSupplier nowMillis;
  private final Map<String, MerchantBreaker> merchants = new HashMap<>();

  /** What was asked and not answered well in the present span: each counts once. */
  private final Set<String> unanswered = new HashSet<>();

  private long spanMillis;
  private long sweptMillis;
  private long lookUntilMillis = Long.MIN_VALUE;

  /** When the last question went out that was answered well. */
  private long wellMillis = Long.MIN_VALUE;

  private Breaker platform;
  private Breaker questions;

  /** @param nowMillis a clock that never goes back; shared with those who report answers */
  public PodBreaker(String host, LongSupplier nowMillis) {
    this.host = host;
    this.nowMillis = nowMillis;
    long now = nowMillis.getAsLong();
    platform = Breaker.first(now);
    questions = Breaker.first(now);
    spanMillis = now;
    sweptMillis = now;
  }

  public String host() {
    return host;
  }

  public long nowMillis() {
    return nowMillis.getAsLong();
  }

  /** The worst of the platform's and the merchants': 0 closed, 1 open, 2 half-open. */
  public synchronized int figure() {
    long now = nowMillis();
    Set<Integer> figures = new HashSet<>(Set.of(platform.at(now).figure()));
    merchants.values().forEach(merchant -> figures.add(merchant.figure(now)));
    return figures.contains(1) ? 1 : figures.contains(2) ? 2 : 0;
  }

  public String word() {
    return WORDS[figure()];
  }

  /** Whether such a send may leave; true must be followed by answered or unused. */
  public synchronized boolean ask(Call call, String merchantId) {
    long now = nowMillis();
    MerchantBreaker merchant = merchant(merchantId, now);
    if (merchant != null && !merchant.ask(call, wellMillis, now)) {
      return false;
    }
    platform = moved(platform, platform.at(now).encouraged(wellMillis), host);
    if (!platform.admits(call, now)) {
      if (merchant != null) {
        merchant.unused(call);
      }
      return false;
    }
    platform = platform.gone(call, now);
    return true;
  }

  /** What came of a fresh send. */
  public synchronized void observed(String merchantId, Answer answer, long askedAtMillis) {
    long now = nowMillis();
    Health health = Health.of(answer);
    MerchantBreaker merchant = merchant(merchantId, now);
    boolean isNews = true;
    if (merchant != null) {
      int was = merchant.figure(now);
      isNews = merchant.observed(health, askedAtMillis, now);
      say(was, merchant.figure(now), "merchant " + merchantId);
    }
    // A probe's answer must be reported, or its place would be taken for long.
    Breaker present = platform.at(now);
    if (isNews || present.figure() != 0) {
      present = present.observed(health, askedAtMillis, now);
    }
    platform = moved(platform, present, host);
  }

  synchronized void unused(Call call, String merchantId) {
    MerchantBreaker merchant = merchants.get(merchantId);
    if (merchant != null) {
      merchant.unused(call);
    }
    platform = platform.unused(call);
  }

  synchronized long pauseMillis(String merchantId) {
    long now = nowMillis();
    MerchantBreaker merchant = merchants.get(merchantId);
    return Math.max(platform.pauseMillis(now), merchant == null ? 0 : merchant.pauseMillis(now));
  }

  /** Whether a question may leave, and as what; null when not. It must be followed by answered. */
  public synchronized Call question() {
    long now = nowMillis();
    questions = moved(questions, questions.at(now), "questions to " + host);
    for (Call call : Call.values()) {
      if (questions.admits(call, now)) {
        questions = questions.gone(call, now);
        return call;
      }
    }
    return null;
  }

  /**
   * Whether it is worth a look at what is to be asked about. While questions are not answered well,
   * only where one would be admitted, and one at a time: {@link #looked} must follow.
   */
  public synchronized boolean mayLook() {
    boolean worth = isWorthALook();
    if (worth && !asksNow()) {
      lookUntilMillis = nowMillis() + LOOK_MILLIS;
    }
    return worth;
  }

  /** The same, of whoever comes first. */
  public synchronized boolean isWorthALook() {
    long now = nowMillis();
    Breaker present = questions.at(now);
    return present.figure() == 0 || now >= lookUntilMillis && admitsAny(present, now);
  }

  /** Whoever looked knows what it is, and has asked about it if it was to be asked about. */
  public synchronized void looked() {
    lookUntilMillis = Long.MIN_VALUE;
  }

  /** Whether questions are answered well, as far as is known. */
  public synchronized boolean asksNow() {
    return questions.at(nowMillis()).figure() == 0;
  }

  private static boolean admitsAny(Breaker questions, long now) {
    return questions.admits(Call.FRESH, now) || questions.admits(Call.QUIET, now);
  }

  /** @param what was asked: bad news of the same thing counts once */
  public synchronized void answered(String what, Answer answer, long askedAtMillis) {
    long now = nowMillis();
    if (now - spanMillis >= Breaker.SPAN_MILLIS) {
      spanMillis = now;
      unanswered.clear();
    }
    Health health = Health.of(answer);
    if (health == Health.HEALTHY) {
      wellMillis = Math.max(wellMillis, askedAtMillis);
    }
    Breaker present = questions.at(now);
    boolean isNews =
        health != Health.UNHEALTHY || unanswered.add(what) && unanswered.size() > THEIR_OWN_TROUBLE;
    if (isNews || present.figure() != 0) {
      present = present.observed(isNews ? health : Health.UNKNOWN, askedAtMillis, now);
    }
    questions = moved(questions, present, "questions to " + host);
  }

  private MerchantBreaker merchant(String merchantId, long now) {
    MerchantBreaker known = merchants.get(merchantId);
    if (known != null) {
      return known;
    }
    if (merchants.size() >= MOST && now - sweptMillis >= Breaker.SPAN_MILLIS) {
      sweptMillis = now;
      merchants.values().removeIf(merchant -> merchant.isAtRest(now));
    }
    if (merchants.size() >= MOST) {
      return null;
    }
    MerchantBreaker fresh = new MerchantBreaker(now);
    merchants.put(merchantId, fresh);
    return fresh;
  }

  private static Breaker moved(Breaker was, Breaker next, String whose) {
    say(was.figure(), next.figure(), whose);
    return next;
  }

  private static void say(int was, int next, String whose) {
    if (was != next) {
      LOG.warn("breaker changed: {}, {} now", whose, WORDS[next]);
    }
  }
}
