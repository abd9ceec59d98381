package io.payonce.sandbox.http;

import io.payonce.sandbox.request.Call;
import io.payonce.sandbox.request.IssuedCredentials;
import io.payonce.sandbox.request.LruMap;
import io.payonce.sandbox.request.Refusal;
import io.payonce.sandbox.request.SandboxSettings;
import io.payonce.sandbox.request.SimOperation;
import io.payonce.sandbox.request.SimRequest;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Lets a request in or refuses it before anything is looked up: key, time, signature, duplicates.
 */
final class RequestGuard {

  private static final long SKEW_MILLIS = 600_000;
  private static final long DUPLICATE_WINDOW_MILLIS = 600_000;

  private final Map<String, Long> requestIds = new LruMap<>();
  private final Map<String, Integer> callsThisSecond = new HashMap<>();
  private final IssuedCredentials loans;
  private long second;

  RequestGuard(IssuedCredentials loans) {
    this.loans = loans;
  }

  /**
   * @param now our clock, in epoch milliseconds; the platform's own is ahead of it by the setting
   * @throws Refusal S10, S02, S09, S07, S08, S03, S11, S04, C18, C19, C01 (no request id), C02 or
   *     C03
   */
  synchronized Call admit(SimRequest inbound, SandboxSettings settings, long now) {
    final SimOperation operation = SimOperation.at(inbound.method(), inbound.path());
    checkKey(inbound.authorization(), settings);
    checkTime(inbound.timestamp(), now + settings.pace().clockOffsetMillis());
    if (operation.lends() == null) {
      loans.check(inbound, settings, now);
      checkSignature(inbound);
    }
    checkRequestId(inbound, now);
    if (inbound.unreadable() != null) {
      throw inbound.unreadable();
    }
    Call call = new Call(operation, inbound.fields());
    if (!settings.access().knows(call.merchantId(), key(inbound.authorization()))) {
      throw new Refusal("S10", "request authentication failed: another application's merchant");
    }
    checkRate(call.merchantId(), settings.pace().ratePerSecond(), now / 1000);
    if (call.merchantId() != null
        && !settings.access().merchants().isEmpty()
        && !settings.access().merchants().contains(call.merchantId())) {
      throw new Refusal("C03", "merchant does not exist or is disabled");
    }
    return call;
  }

  synchronized void reset() {
    requestIds.clear();
    callsThisSecond.clear();
  }

  private static void checkSignature(SimRequest inbound) {
    if (!inbound.signatureAccepted()) {
      throw new Refusal("S03", "signature verification failed");
    }
  }

  private static void checkKey(String authorization, SandboxSettings settings) {
    boolean accepted = authorization != null
        && authorization.startsWith("Bearer ")
        && settings.access().keys().contains(key(authorization));
    if (!accepted) {
      throw new Refusal("S10", "request authentication failed");
    }
  }

  private static String key(String authorization) {
    return authorization.substring("Bearer ".length());
  }

  private static void checkTime(String timestamp, long platformNow) {
    boolean close = timestamp != null
        && timestamp.matches("[0-9]{13}")
        && Math.abs(Long.parseLong(timestamp) - platformNow) <= SKEW_MILLIS;
    if (!close) {
      throw new Refusal("S02", "X-Timestamp must be 13 digits within 10 minutes of our time");
    }
  }

  private void checkRequestId(SimRequest inbound, long now) {
    if (inbound.requestId() == null || inbound.requestId().length() > 64) {
      throw new Refusal("C01", "X-Client-Request-Id is required, 64 characters at most");
    }
    if (!inbound.method().equals("POST")) {
      return;
    }
    for (Iterator<Long> oldest = requestIds.values().iterator();
        oldest.hasNext() && oldest.next() <= now; ) {
      oldest.remove();
    }
    if (requestIds.putIfAbsent(inbound.requestId(), now + DUPLICATE_WINDOW_MILLIS) != null) {
      throw new Refusal("S11", "duplicate request: use another X-Client-Request-Id");
    }
  }

  private void checkRate(String merchantId, int limit, long nowSecond) {
    if (limit == 0) {
      return;
    }
    if (second != nowSecond) {
      second = nowSecond;
      callsThisSecond.clear();
    }
    if (callsThisSecond.merge(String.valueOf(merchantId), 1, Integer::sum) > limit) {
      throw new Refusal("S04", "interface call frequency exceeded", 1);
    }
  }
}
