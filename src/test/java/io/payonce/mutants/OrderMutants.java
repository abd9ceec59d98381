package io.payonce.mutants;

import java.util.List;

/** Rules of who an order, an id and an original belong to. */
final class OrderMutants {
  private static final String CODE = "java/io/payonce/";
  private static final String CHARTER = "io.payonce.ledger.CharterTest";
  private static final String SHOPS = "io.payonce.flow.TwoShopsTest";

  private static final String PAGES = "io.payonce.world.PagesTest";

  static final List<Mutant> ALL = List.of(
      new Mutant(
          "in app scope each application has ids and orders of its own",
          CODE + "model/Scope.java",
          "return this == MERCHANT",
          "return true",
          SHOPS + "#each_pays_its_own_order_under_its_own_id"),
      new Mutant(
          "in app scope nobody is told how another application's payment stands",
          CODE + "flow/QueryFlow.java",
          "requestId -> settings.scope().id(fields, requestId)",
          "requestId -> new PaymentId(fields.merchantId(), requestId)",
          SHOPS + "#nobody_is_told_how_the_others_payment_stands"),
      new Mutant(
          "in app scope a follow-up is of its own application's payment",
          CODE + "flow/Originals.java",
          "Optional.of(scope.id(fields, named))",
          "Optional.of(new PaymentId(fields.merchantId(), named))",
          SHOPS + "#a_refund_follows_its_own_shops_payment_and_gives_back_its_own_order"),
      new Mutant(
          "reissued ids of two applications differ",
          CODE + "rule/PlatformId.java",
          "return id.appId() == null",
          "return true",
          SHOPS + "#reissued_ids_of_equal_ids_differ"),
      new Mutant(
          "another scope is refused while the old one is remembered",
          CODE + "ledger/Scoping.java",
          "List.of(\"order\", \"payment\", \"tomb\")",
          "List.of(\"order\", \"payment\")",
          CHARTER + "#another_scope_is_refused_while_anything_of_the_old_one_is_remembered"),
      new Mutant(
          "another scope is refused while pods work by the old one",
          CODE + "ledger/Scoping.java",
          "alive -> alive ? yes() : remembers(KINDS)",
          "alive -> remembers(KINDS)",
          CHARTER + "#another_scope_is_refused_while_a_pod_works_by_the_old_one"),
      new Mutant(
          "a pod stops when the ledger has got another scope",
          CODE + "ledger/Charter.java",
          ".compose(renewed -> scoping.holds())",
          "",
          CHARTER + "#another_scope_is_refused_while_anything_of_the_old_one_is_remembered"),
      new Mutant(
          "a void of an open page closes it",
          CODE + "flow/OriginalFirst.java",
          ".compose(noted -> close(noted.orElse(original), asker))",
          "",
          PAGES + "#a_void_of_a_page_that_shows_no_c_hears_c08_and_the_page_cannot_be_paid"));

  private OrderMutants() {}
}
