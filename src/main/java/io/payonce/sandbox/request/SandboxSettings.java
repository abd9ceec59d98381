package io.payonce.sandbox.request;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Says how the platform behaves towards every caller; changeable while it runs. As JSON all
 * settings stand side by side, each under its own name.
 */
public record SandboxSettings(
    @JsonUnwrapped Access access,
    @JsonUnwrapped Orders orders,
    @JsonUnwrapped Pace pace,
    @JsonUnwrapped Pages pages,
    @JsonUnwrapped Webhooks webhooks) {
  /**
   * Rights of callers, and how they are shown.
   *
   * @param keys accepted API keys; several are valid at once, so that a rotation can be played
   * @param merchants known merchants, others get C03; empty: every merchant is known
   * @param merchantKeys of merchants that are known under one of the keys only, each
   *     {@code merchant:key}
   * @param requireCredentials which of tmk, workingKey and session a call needs: S07, S08, S09
   * @param credentialLifeMillis how long one lives that was lent from now on
   * @param signingMode how calls must be signed, else S03; a mode of Payonce's signing
   * @param signingKeys the keys valid now, each {@code id:secret} or {@code id:} and a public key
   *     in PEM; working keys that live count too
   */
  public record Access(
      Set<String> keys,
      Set<String> merchants,
      Set<String> merchantKeys,
      Set<String> requireCredentials,
      long credentialLifeMillis,
      String signingMode,
      Set<String> signingKeys) {
    public Access {
      keys = Set.copyOf(keys);
      merchants = Set.copyOf(merchants);
      merchantKeys = Set.copyOf(merchantKeys);
      requireCredentials = Set.copyOf(requireCredentials);
      signingKeys = Set.copyOf(signingKeys);
    }

    public boolean requires(IssuedCredentials.What what) {
      return requireCredentials.contains(what.word);
    }

    /** Whether a merchant is known under this key: who is not listed is under each. */
    public boolean knows(String merchantId, String key) {
      boolean listed = merchantId != null
          && merchantKeys.stream().anyMatch(entry -> entry.startsWith(merchantId + ':'));
      return !listed || merchantKeys.contains(merchantId + ':' + key);
    }
  }

  /**
   * Rules for orders.
   *
   * @param idempotency what a repeated transactionRequestId gets
   * @param refusePaidOrder whether a paid order answers C10
   * @param refuseLockedOrder whether an order with an unfinished transaction answers C08
   * @param amountLimit largest orderAmount, beyond it C14
   */
  public record Orders(
      Idempotency idempotency,
      boolean refusePaidOrder,
      boolean refuseLockedOrder,
      long amountLimit) {}

  /**
   * Its speed.
   *
   * @param clockOffsetMillis how far the platform's clock (X-Timestamp check, Date) is ahead of
   *     ours
   * @param latencyMillis how long each call takes
   * @param capacity calls worked on at once, the others wait in line; 0: no limit
   * @param ratePerSecond calls a second and merchant, beyond it S04; 0: no limit
   * @param queryLagMillis queries show what was true so long ago
   * @param terminalDelayMillis in-person payments take so long (I, P, then S); 0: S at once
   * @param channelTimeoutMillis how long the test amount 7629 stays P
   */
  public record Pace(
      long clockOffsetMillis,
      long latencyMillis,
      int capacity,
      int ratePerSecond,
      long queryLagMillis,
      long terminalDelayMillis,
      long channelTimeoutMillis) {}

  /**
   * Hosted ones.
   *
   * @param sessionLifeMillis how long a page lives whose session names no timeExpire
   * @param pressSlackMillis how long after its page has closed a press under way may still pay
   * @param closedPages what an unpaid page shows once it has closed: C, or as before (I, or F when
   *     its shopper was declined)
   */
  public record Pages(long sessionLifeMillis, long pressSlackMillis, String closedPages) {}

  /**
   * Its notifications.
   *
   * @param secret signs them
   * @param signature how the signature is written
   * @param delayMillis how long after the end of a transaction one leaves
   * @param retryMillis pause before the first repeat; each later one is twice as long
   * @param attempts after so many in vain it is given up
   * @param newIds whether a repeat has an X-Client-Request-Id of its own
   */
  public record Webhooks(
      @JsonProperty("webhookSecret") String secret,
      @JsonProperty("webhookSignature") String signature,
      @JsonProperty("webhookDelayMillis") long delayMillis,
      @JsonProperty("webhookRetryMillis") long retryMillis,
      @JsonProperty("webhookAttempts") int attempts,
      @JsonProperty("webhookNewIds") boolean newIds) {}

  public static SandboxSettings defaults() {
    return new SandboxSettings(
        new Access(
            Set.of("sk_test_sandbox"), Set.of(), Set.of(), Set.of(), 3_600_000, "bearer", Set.of()),
        new Orders(Idempotency.FIRST_RESULT, true, true, 99_999_999),
        new Pace(0, 0, 0, 0, 0, 0, 3_000),
        new Pages(1_800_000, 2_000, "C"),
        new Webhooks("whsec_sandbox", "hex", 100, 5_000, 8, false));
  }

  /**
   * These settings with one of them changed.
   *
   * @throws IllegalArgumentException if the name is unknown or the value not of its kind
   */
  public SandboxSettings with(String name, Object value) {
    return with(Json.object().set(name, Json.MAPPER.<JsonNode>valueToTree(value)));
  }

  public SandboxSettings with(ObjectNode changes) {
    List<String> faults = changes.properties().stream()
        .map(change -> SettingCheck.fault(change.getKey(), change.getValue()))
        .filter(Objects::nonNull)
        .toList();
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
    ObjectNode all = Json.MAPPER.valueToTree(this);
    all.setAll(changes);
    return Json.MAPPER.convertValue(all, SandboxSettings.class);
  }

  /** Without the keys: settings are logged and shown. */
  @Override
  public String toString() {
    return "SandboxSettings[" + access.keys.size() + " keys, idempotency="
        + orders.idempotency.word() + "]";
  }
}
