package io.payonce.sandbox.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.payonce.sandbox.signature.PublicKeys;
import io.payonce.signing.SigningMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How the platform behaves towards everybody; changeable while it runs.
 *
 * @param keys accepted API keys; several are valid at once, so that a rotation can be played
 * @param merchants known merchants, others get C03; empty: every merchant is known
 * @param merchantKeys of merchants that are known under one of the keys only, each
 *     {@code merchant:key}
 * @param idempotency what a repeated transactionRequestId gets
 * @param refusePaidOrder whether a paid order answers C10
 * @param refuseLockedOrder whether an order with an unfinished transaction answers C08
 * @param clockOffsetMillis how far the platform's clock (X-Timestamp check, Date) is ahead of ours
 * @param latencyMillis how long each call takes
 * @param capacity calls worked on at once, the others wait in line; 0: no limit
 * @param ratePerSecond calls a second and merchant, beyond it S04; 0: no limit
 * @param queryLagMillis queries show what was true so long ago
 * @param terminalDelayMillis in-person payments take so long (I, P, then S); 0: S at once
 * @param channelTimeoutMillis how long the test amount 7629 stays P
 * @param amountLimit largest orderAmount, beyond it C14
 * @param requireCredentials which of tmk, workingKey and session a call needs: S07, S08, S09
 * @param credentialLifeMillis how long one lives that was lent from now on
 * @param signingMode how calls must be signed, else S03; a mode of Payonce's signing
 * @param signingKeys the keys valid now, each {@code id:secret} or {@code id:} and a public key in
 *     PEM; working keys that live count too
 * @param sessionLifeMillis how long a hosted page lives whose session names no timeExpire
 * @param pressSlackMillis how long after its page has closed a press under way may still pay
 * @param closedPages what an unpaid page shows once it has closed: C, or as before (I, or F when
 *     its shopper was declined)
 * @param webhookSecret signs notifications
 * @param webhookSignature how the signature is written
 * @param webhookDelayMillis how long after the end of a transaction its notification leaves
 * @param webhookRetryMillis pause before the first repeat; each later one is twice as long
 * @param webhookAttempts after so many in vain nobody is told
 * @param webhookNewIds whether a repeat has an X-Client-Request-Id of its own
 */
public record SandboxSettings(
    Set<String> keys,
    Set<String> merchants,
    Set<String> merchantKeys,
    Idempotency idempotency,
    boolean refusePaidOrder,
    boolean refuseLockedOrder,
    long clockOffsetMillis,
    long latencyMillis,
    int capacity,
    int ratePerSecond,
    long queryLagMillis,
    long terminalDelayMillis,
    long channelTimeoutMillis,
    long amountLimit,
    Set<String> requireCredentials,
    long credentialLifeMillis,
    String signingMode,
    Set<String> signingKeys,
    long sessionLifeMillis,
    long pressSlackMillis,
    String closedPages,
    String webhookSecret,
    String webhookSignature,
    long webhookDelayMillis,
    long webhookRetryMillis,
    int webhookAttempts,
    boolean webhookNewIds) {

  /** A week: far beyond any test, far below what would overflow a sum of times. */
  private static final long MAX_MILLIS = 604_800_000;

  private static final Map<String, String> KINDS = Map.ofEntries(
      Map.entry("keys", "a list of strings"),
      Map.entry("merchants", "a list of strings"),
      Map.entry("merchantKeys", "a list of strings merchant:key"),
      Map.entry("idempotency", "first-result, c06 or none"),
      Map.entry("refusePaidOrder", "true or false"),
      Map.entry("refuseLockedOrder", "true or false"),
      Map.entry("clockOffsetMillis", "milliseconds, at most a week either way"),
      Map.entry("latencyMillis", "milliseconds from 0 to a week"),
      Map.entry("capacity", "a whole number from 0 to 1000000"),
      Map.entry("ratePerSecond", "a whole number from 0 to 1000000"),
      Map.entry("queryLagMillis", "milliseconds from 0 to a week"),
      Map.entry("terminalDelayMillis", "milliseconds from 0 to a week"),
      Map.entry("channelTimeoutMillis", "milliseconds from 0 to a week"),
      Map.entry("amountLimit", "a whole number from 1 to 1000000000000"),
      Map.entry("requireCredentials", "a list of tmk, workingKey and session"),
      Map.entry("credentialLifeMillis", "milliseconds from 0 to a week"),
      Map.entry(
          "signingMode",
          "bearer, hmac-sha256, rsa-sha256, sorted-params or http-message-signatures"),
      Map.entry("signingKeys", "a list of strings id:secret or id: and a public key in PEM"),
      Map.entry("sessionLifeMillis", "milliseconds from 0 to a week"),
      Map.entry("pressSlackMillis", "milliseconds from 0 to a week"),
      Map.entry("closedPages", "C or as-before"),
      Map.entry("webhookSecret", "a string"),
      Map.entry("webhookSignature", "hex, base64 or sha256=hex"),
      Map.entry("webhookDelayMillis", "milliseconds from 0 to a week"),
      Map.entry("webhookRetryMillis", "milliseconds from 0 to a week"),
      Map.entry("webhookAttempts", "a whole number from 1 to 30"),
      Map.entry("webhookNewIds", "true or false"));

  public SandboxSettings {
    keys = Set.copyOf(keys);
    merchants = Set.copyOf(merchants);
    merchantKeys = Set.copyOf(merchantKeys);
    requireCredentials = Set.copyOf(requireCredentials);
    signingKeys = Set.copyOf(signingKeys);
  }

  public static SandboxSettings defaults() {
    return new SandboxSettings(
        Set.of("sk_test_sandbox"),
        Set.of(),
        Set.of(),
        Idempotency.FIRST_RESULT,
        true,
        true,
        0,
        0,
        0,
        0,
        0,
        0,
        3_000,
        99_999_999,
        Set.of(),
        3_600_000,
        "bearer",
        Set.of(),
        1_800_000,
        2_000,
        "C",
        "whsec_sandbox",
        "hex",
        100,
        5_000,
        8,
        false);
  }

  public boolean requires(IssuedCredentials.What what) {
    return requireCredentials.contains(what.word);
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
    List<String> faults = new ArrayList<>();
    changes.properties().forEach(change -> {
      if (!KINDS.containsKey(change.getKey())) {
        faults.add("unknown setting " + change.getKey());
      } else if (!accepts(change.getKey(), change.getValue())) {
        faults.add(change.getKey() + " must be " + KINDS.get(change.getKey()));
      }
    });
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
    ObjectNode all = Json.MAPPER.valueToTree(this);
    all.setAll(changes);
    return Json.MAPPER.convertValue(all, SandboxSettings.class);
  }

  private static boolean accepts(String name, JsonNode value) {
    return switch (name) {
      case "keys", "merchants" -> isTexts(value);
      case "merchantKeys" -> isTexts(value) && all(value, SandboxSettings::merchantKey);
      case "requireCredentials" -> isTexts(value) && all(value, IssuedCredentials.What::of);
      case "signingMode" -> value.isTextual() && all(List.of(value), SigningMode::of);
      case "signingKeys" -> isTexts(value) && all(value, PublicKeys::entry);
      case "closedPages" ->
        value.isTextual() && Set.of("C", "as-before").contains(value.textValue());
      case "webhookSecret" -> value.isTextual() && !value.textValue().isEmpty();
      case "webhookSignature" ->
        value.isTextual() && Set.of("hex", "base64", "sha256=hex").contains(value.textValue());
      case "webhookAttempts" -> isNumber(value, 1, 30);
      case "idempotency" -> isWord(value);
      case "refusePaidOrder", "refuseLockedOrder", "webhookNewIds" -> value.isBoolean();
      case "clockOffsetMillis" -> isNumber(value, -MAX_MILLIS, MAX_MILLIS);
      case "capacity", "ratePerSecond" -> isNumber(value, 0, 1_000_000);
      case "amountLimit" -> isNumber(value, 1, 1_000_000_000_000L);
      default -> isNumber(value, 0, MAX_MILLIS);
    };
  }

  private static void merchantKey(String entry) {
    if (!entry.matches("[^:]+:.+")) {
      throw new IllegalArgumentException("not merchant:key");
    }
  }

  /** Whether a merchant is known under this key: who is not listed is under each. */
  public boolean knows(String merchantId, String key) {
    boolean listed = merchantId != null
        && merchantKeys.stream().anyMatch(entry -> entry.startsWith(merchantId + ':'));
    return !listed || merchantKeys.contains(merchantId + ':' + key);
  }

  private static boolean isTexts(JsonNode value) {
    boolean texts = value.isArray();
    for (JsonNode element : value) {
      texts &= element.isTextual() && !element.textValue().isEmpty();
    }
    return texts;
  }

  private static boolean all(Iterable<JsonNode> values, Consumer<String> reader) {
    try {
      values.forEach(value -> reader.accept(value.textValue()));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isWord(JsonNode value) {
    for (Idempotency idempotency : Idempotency.values()) {
      if (value.equals(JsonNodeFactory.instance.textNode(idempotency.word()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNumber(JsonNode value, long least, long most) {
    return value.isIntegralNumber()
        && value.canConvertToLong()
        && value.longValue() >= least
        && value.longValue() <= most;
  }

  /** Without the keys: settings are logged and shown. */
  @Override
  public String toString() {
    return "SandboxSettings[" + keys.size() + " keys, idempotency=" + idempotency.word() + "]";
  }
}
