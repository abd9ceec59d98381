package io.payonce.sandbox.script;

import java.util.List;

/**
 * A parsed script: the step of each send, how queries behave meanwhile, and the step of each
 * notification.
 */
public record FaultScript(List<Step> steps, List<QueryClause> queries, List<WebhookStep> webhooks) {

  public static FaultScript parse(String text) {
    return new ScriptParser(text).script();
  }

  /** The step of the n-th send, counted from 0; the last step repeats. */
  Step step(int send) {
    return steps.isEmpty() ? Step.OK : steps.get(Math.min(send, steps.size() - 1));
  }

  /** The step of the n-th notification, or null if the script does not speak of them. */
  WebhookStep webhook(int number) {
    return webhooks.isEmpty() ? null : webhooks.get(Math.min(number, webhooks.size() - 1));
  }
}
