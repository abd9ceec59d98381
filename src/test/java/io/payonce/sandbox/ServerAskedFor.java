package io.payonce.sandbox;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips what is to run on another server than the bundled Redis,
 * {@code -Dpayonce.redisServer=valkey-server}, on a machine that has no such server.
 */
public final class ServerAskedFor implements ExecutionCondition {
  private static final ConditionEvaluationResult ANSWER = look();

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return ANSWER;
  }

  private static ConditionEvaluationResult look() {
    String name = System.getProperty(RedisBinary.ASKED_FOR, "");
    try {
      return ConditionEvaluationResult.enabled(
          name.isEmpty() ? "on the bundled Redis" : "on " + RedisBinary.find());
    } catch (IllegalStateException none) {
      System.out.println("SKIPPED, not tested on " + name + ": " + none.getMessage());
      return ConditionEvaluationResult.disabled("not tested on " + name, none.getMessage());
    }
  }
}
