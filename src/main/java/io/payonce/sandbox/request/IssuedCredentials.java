package io.payonce.sandbox.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Terminal master keys, working keys and sessions that the platform has lent. The last two of each
 * live side by side, so that a renewal ahead of time refuses no request.
 */
public final class IssuedCredentials {
  private static final int VALUE_BYTES = 24;

  /** In the order in which a call is asked for them. */
  public enum What {
    SESSION("session", "sessionId", "S09", "login session expired or not logged in"),
    TMK("tmk", "tmk", "S07", "TMK does not exist or has expired"),
    WORKING_KEY("workingKey", "workingKey", "S08", "working key does not exist or has expired");

    final String word;
    final String field;
    private final String code;
    private final String meaning;

    What(String word, String field, String code, String meaning) {
      this.word = word;
      this.field = field;
      this.code = code;
      this.meaning = meaning;
    }

    /** @throws IllegalArgumentException if there is no such credential */
    public static What of(String word) {
      for (What what : values()) {
        if (what.word.equals(word)) {
          return what;
        }
      }
      throw new IllegalArgumentException("what must be tmk, workingKey or session");
    }

    private Refusal refusal() {
      return new Refusal(code, meaning);
    }
  }

  private record Loan(String value, long untilMillis) {}

  private final SecureRandom random = new SecureRandom();
  private final Map<What, Deque<Loan>> loans = new EnumMap<>(What.class);

  /** @throws Refusal S07 for a working key without the master key that is asked for */
  public synchronized ObjectNode lend(What what, SandboxSettings settings, long now) {
    if (what == What.WORKING_KEY
        && settings.access().requires(What.TMK)
        && live(What.TMK, now).isEmpty()) {
      throw What.TMK.refusal();
    }
    byte[] value = new byte[VALUE_BYTES];
    random.nextBytes(value);
    Loan loan =
        new Loan(HexFormat.of().formatHex(value), now + settings.access().credentialLifeMillis());
    Deque<Loan> lent = loans.computeIfAbsent(what, first -> new ArrayDeque<>());
    lent.addFirst(loan);
    if (lent.size() > 2) {
      lent.removeLast();
    }
    return Json.object()
        .put(what.field, loan.value())
        .put("expiresInSeconds", settings.access().credentialLifeMillis() / 1000.0);
  }

  /** What was lent under a master key ends with it. */
  public synchronized void expire(What what) {
    loans.remove(what);
    if (what == What.TMK) {
      loans.remove(What.WORKING_KEY);
    }
  }

  public synchronized void reset() {
    loans.clear();
  }

  /** @throws Refusal S07, S08 or S09 */
  public synchronized void check(SimRequest inbound, SandboxSettings settings, long now) {
    for (What what : What.values()) {
      List<String> live = live(what, now);
      boolean shown = what == What.SESSION
          ? inbound.session() != null && live.contains(inbound.session())
          : !live.isEmpty();
      if (settings.access().requires(what) && !shown) {
        throw what.refusal();
      }
    }
  }

  /** What a call may be signed with now. */
  public synchronized List<String> workingKeys(long now) {
    return live(What.WORKING_KEY, now);
  }

  private List<String> live(What what, long now) {
    Deque<Loan> lent = loans.get(what);
    return lent == null
        ? List.of()
        : lent.stream()
            .filter(loan -> loan.untilMillis() > now)
            .map(Loan::value)
            .toList();
  }
}
