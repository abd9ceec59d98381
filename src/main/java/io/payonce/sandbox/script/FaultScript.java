package io.payonce.sandbox.script;

import java.util.List;

/** A parsed script: the step of each copy, and how queries behave meanwhile. */
public record FaultScript(List<Step> steps, List<QueryClause> queries) {

  public static FaultScript parse(String text) {
    return new ScriptParser(text).script();
  }

  /** The step of the n-th copy, counted from 0; the last step repeats. */
  Step step(int copy) {
    return steps.isEmpty() ? Step.OK : steps.get(Math.min(copy, steps.size() - 1));
  }
}
