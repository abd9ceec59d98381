package io.payonce.sandbox.script;

/** Counts how far a script has come. */
public final class ScriptRun {

  private final FaultScript script;
  private int sends;
  private int webhooks;
  private int clause;
  private int answered;
  private long since = -1;

  public ScriptRun(FaultScript script) {
    this.script = script;
  }

  public Step nextStep() {
    return script.step(sends++);
  }

  public boolean hasSteps() {
    return !script.steps().isEmpty();
  }

  public int sends() {
    return sends;
  }

  /** What the next notification goes through, or null if the script does not speak of them. */
  public WebhookStep nextWebhook() {
    return script.webhook(webhooks++);
  }

  /** What the next query gets, or null when no clause holds any more. */
  public Step nextQuery(long now) {
    while (clause < script.queries().size()) {
      QueryClause current = script.queries().get(clause);
      if (holds(current, now)) {
        return current.step();
      }
      clause++;
      answered = 0;
      since = -1;
    }
    return null;
  }

  private boolean holds(QueryClause current, long now) {
    if (current.times() > 0) {
      return answered++ < current.times();
    }
    since = since < 0 ? now : since;
    return current.millis() == 0 || now < since + current.millis();
  }
}
