package io.payonce.sandbox;

import java.util.List;

/** A parsed script: the step of each copy, and how queries behave meanwhile. */
record Script(List<Step> steps, List<QueryClause> queries) {

  static Script parse(String text) {
    return new ScriptParser(text).script();
  }

  /** The step of the n-th copy, counted from 0; the last step repeats. */
  Step step(int copy) {
    return steps.isEmpty() ? Step.OK : steps.get(Math.min(copy, steps.size() - 1));
  }
}
