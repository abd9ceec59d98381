package io.payonce.mutants;

import java.util.List;

/** Rules of what operators may do, and what is kept of it. */
final class AdminMutants {
  private static final String CODE = "java/io/payonce/";
  private static final String ASK = "io.payonce.flow.operator.AskFlowTest";
  private static final String TEXT = "io.payonce.ledger.redis.ScriptArgsTest";
  private static final String DOOR = "io.payonce.admin.AdminAuthTest";

  static final List<Mutant> ALL = List.of(
      new Mutant(
          "an operator's question takes no payment from who is at it",
          CODE + "flow/operator/AskFlow.java",
          "if (dossier.leased()) {",
          "if (false) {",
          ASK + "#a_payment_is_not_taken_from_who_is_at_it"),
      new Mutant(
          "what has ended is not asked about",
          CODE + "flow/operator/AskFlow.java",
          "if (payment.isEnded()) {",
          "if (payment.isEnded() && payment.outcome() == null) {",
          ASK + "#what_has_ended_is_not_asked_about"),
      new Mutant(
          "timelines are written in fields only once all pods read them",
          CODE + "ledger/redis/ScriptArgs.java",
          "abilities.all(Ability.EVENTS)",
          "true",
          TEXT + "#fields_are_written_only_once_all_pods_read_them"),
      new Mutant(
          "a value cannot end its field or its line",
          CODE + "model/TimelineEvent.java",
          "isPlain(value) ? value : CONTROLS.matcher(value).replaceAll(\" \")",
          "value",
          "io.payonce.admin.TimelineJsonTest#what_an_operator_writes_is_never_taken_for_ours"),
      new Mutant(
          "a token that only looks decides nothing",
          CODE + "admin/AdminAuth.java",
          "return visitor.filter(Operator::decides).isEmpty()",
          "return visitor.isEmpty()",
          DOOR + "#a_token_that_only_looks_decides_nothing"),
      new Mutant(
          "a decision says why",
          CODE + "admin/ResolveBody.java",
          "require(!clean.isEmpty(),",
          "require(true,",
          "io.payonce.admin.ResolveBodyTest#a_decision_without_its_reason_is_none"));

  private AdminMutants() {}
}
