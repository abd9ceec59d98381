package io.payonce.renewal;

import io.payonce.codes.Code;
import io.payonce.credentials.Credential;
import io.payonce.model.Answer;
import io.payonce.platform.PlatformRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Says how one credential is renewed: which call to make and where its answer has the value.
 *
 * @param body with placeholders; empty for none
 * @param valueAt JSON pointer into the answer
 */
public record RenewalPlan(
    Credential what, String method, String path, String body, String valueAt, Life life) {
  /**
   * The lifetime of a credential.
   *
   * @param at JSON pointer into the answer; null when that does not say
   * @param unitMillis the unit of what stands there
   * @param otherwiseMillis how long it lives where the answer does not say; 0 when unknown
   * @param renewBeforeMillis how long before its end to renew it
   */
  public record Life(String at, long unitMillis, long otherwiseMillis, long renewBeforeMillis) {
    /** -1 when unknown. */
    private long of(JsonObject answer) {
      if (at == null) {
        return otherwiseMillis == 0 ? -1 : otherwiseMillis;
      }
      Object said = JsonPointer.from(at).queryJson(answer);
      if (said == null || !said.toString().matches("[0-9]{1,15}(\\.[0-9]{1,9})?")) {
        throw new RenewalFault("the answer has no life at " + at);
      }
      return (long) Math.min(Double.parseDouble(said.toString()) * unitMillis, LONGEST_MILLIS);
    }
  }

  private static final List<Map.Entry<String, String>> JSON =
      List.of(Map.entry("Accept", "application/json"));

  /** Ten years: more is a unit misunderstood, and would overflow. */
  private static final double LONGEST_MILLIS = 315_360_000_000.0;

  public RenewalPlan {
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(valueAt, "valueAt");
  }

  /** @param lifeMillis -1 when unknown */
  record Lent(String value, long lifeMillis) {
    @Override
    public String toString() {
      return "Lent[value=***, lifeMillis=" + lifeMillis + "]";
    }
  }

  PlatformRequest message(UnaryOperator<String> values) {
    byte[] filled = new JsonTemplate(body).fill(values).getBytes(StandardCharsets.UTF_8);
    return new PlatformRequest(method, path, JSON, filled);
  }

  /** @throws RenewalFault when the answer does not hold a value that can be used */
  Lent read(Answer answer) {
    if (!(answer instanceof Answer.Spoken spoken)) {
      throw new RenewalFault("the platform gave no readable answer");
    }
    if (Code.of(spoken.envelope().code()) != Code.OK) {
      throw new RenewalFault("the platform answered " + spoken.envelope().code());
    }
    JsonObject json = json(spoken.reply().body());
    Object value = JsonPointer.from(valueAt).queryJson(json);
    if (!(value instanceof String || value instanceof Number)
        || !value.toString().matches("[\\x20-\\x7e]{1,8192}")) {
      throw new RenewalFault("the answer has no usable value at " + valueAt);
    }
    return new Lent(value.toString(), life.of(json));
  }

  private static JsonObject json(byte[] body) {
    try {
      return new JsonObject(Buffer.buffer(body));
    } catch (DecodeException e) {
      // Without the cause: its message quotes the answer, which may hold a key.
      throw new RenewalFault("the answer is not a JSON object");
    }
  }

  /** The body may hold a password. */
  @Override
  public String toString() {
    return "RenewalPlan[" + what.word() + ", " + method + " " + path + "]";
  }
}
