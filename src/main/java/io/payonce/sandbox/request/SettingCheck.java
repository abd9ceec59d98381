package io.payonce.sandbox.request;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import io.payonce.sandbox.signature.PublicKeys;
import io.payonce.signing.SigningMode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Checks a setting of the simulated platform, and has the words for who sent a wrong one. */
record SettingCheck(String words, Predicate<JsonNode> holds) {
  /** A week: far beyond any test, far below what would overflow a sum of times. */
  private static final long MAX_MILLIS = 604_800_000;

  private static final SettingCheck MILLIS = number("milliseconds from 0 to a week", 0, MAX_MILLIS);
  private static final SettingCheck FLAG = new SettingCheck("true or false", JsonNode::isBoolean);
  private static final SettingCheck COUNT =
      number("a whole number from 0 to 1000000", 0, 1_000_000);

  static final Map<String, SettingCheck> BY_NAME = Map.ofEntries(
      entry("keys", texts("a list of strings", any -> {})),
      entry("merchants", texts("a list of strings", any -> {})),
      entry("merchantKeys", texts("a list of strings merchant:key", SettingCheck::merchantKey)),
      entry(
          "requireCredentials",
          texts("a list of tmk, workingKey and session", IssuedCredentials.What::of)),
      entry("credentialLifeMillis", MILLIS),
      entry(
          "signingMode",
          new SettingCheck(
              "bearer, hmac-sha256, rsa-sha256, sorted-params or http-message-signatures",
              value -> value.isTextual() && all(List.of(value), SigningMode::of))),
      entry(
          "signingKeys",
          texts("a list of strings id:secret or id: and a public key in PEM", PublicKeys::entry)),
      entry(
          "idempotency",
          oneOf(Arrays.stream(Idempotency.values()).map(Idempotency::word).toList())),
      entry("refusePaidOrder", FLAG),
      entry("refuseLockedOrder", FLAG),
      entry("amountLimit", number("a whole number from 1 to 1000000000000", 1, 1_000_000_000_000L)),
      entry(
          "clockOffsetMillis",
          number("milliseconds, at most a week either way", -MAX_MILLIS, MAX_MILLIS)),
      entry("latencyMillis", MILLIS),
      entry("capacity", COUNT),
      entry("ratePerSecond", COUNT),
      entry("queryLagMillis", MILLIS),
      entry("terminalDelayMillis", MILLIS),
      entry("channelTimeoutMillis", MILLIS),
      entry("sessionLifeMillis", MILLIS),
      entry("pressSlackMillis", MILLIS),
      entry("closedPages", oneOf(List.of("C", "as-before"))),
      entry(
          "webhookSecret",
          new SettingCheck(
              "a string", value -> value.isTextual() && !value.textValue().isEmpty())),
      entry("webhookSignature", oneOf(List.of("hex", "base64", "sha256=hex"))),
      entry("webhookDelayMillis", MILLIS),
      entry("webhookRetryMillis", MILLIS),
      entry("webhookAttempts", number("a whole number from 1 to 30", 1, 30)),
      entry("webhookNewIds", FLAG));

  /** What is wrong with a setting; null for nothing. */
  static String fault(String name, JsonNode value) {
    SettingCheck check = BY_NAME.get(name);
    if (check == null) {
      return "unknown setting " + name;
    }
    return check.holds.test(value) ? null : name + " must be " + check.words;
  }

  private static SettingCheck number(String words, long least, long most) {
    return new SettingCheck(
        words,
        value -> value.isIntegralNumber()
            && value.canConvertToLong()
            && value.longValue() >= least
            && value.longValue() <= most);
  }

  private static SettingCheck oneOf(List<String> words) {
    int last = words.size() - 1;
    return new SettingCheck(
        String.join(", ", words.subList(0, last)) + " or " + words.get(last),
        value -> value.isTextual() && words.contains(value.textValue()));
  }

  /** @param reader throws for what is none of them */
  private static SettingCheck texts(String words, Consumer<String> reader) {
    return new SettingCheck(
        words,
        value -> value.isArray()
            && value
                .valueStream()
                .allMatch(each -> each.isTextual() && !each.textValue().isEmpty())
            && all(value, reader));
  }

  private static boolean all(Iterable<JsonNode> values, Consumer<String> reader) {
    try {
      values.forEach(value -> reader.accept(value.textValue()));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void merchantKey(String entry) {
    if (!entry.matches("[^:]+:.+")) {
      throw new IllegalArgumentException("not merchant:key");
    }
  }
}
