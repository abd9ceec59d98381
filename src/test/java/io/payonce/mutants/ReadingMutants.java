package io.payonce.mutants;

import java.util.List;

/** Rules for reading what the platform says. */
final class ReadingMutants {
  private static final String RULE = "java/io/payonce/rule/";
  private static final String TEST = "io.payonce.rule.";

  static final List<Mutant> ALL = List.of(
      new Mutant(
          "S11 speaks of the HTTP call's id, not of the payment's",
          RULE + "Code.java",
          "\"duplicate request\", UNKNOWN,",
          "\"duplicate request\", ARRIVED,",
          TEST + "CodeTest#s11_speaks_of_the_http_call_and_leaves_the_payment_in_doubt_like_e02"),
      new Mutant(
          "an unknown code with another letter is in doubt",
          RULE + "Code.java",
          "\"[SCM][0-9]{2}\"",
          "\"[A-Z][0-9]{2}\"",
          TEST + "CodeTest#an_unknown_code_is_a_refusal_only_with_the_letter_of_one"),
      new Mutant(
          "words that only begin like a refusal are in doubt",
          RULE + "Code.java",
          "\"[SCM][0-9]{2}\"",
          "\"[SCM].*\"",
          TEST + "CodeTest#words_that_only_begin_like_a_refusal_prove_nothing"),
      new Mutant(
          "on a 4xx only the platform's own codes count",
          "java/io/payonce/platform/Reading.java",
          "return status >= 400 &&",
          "return false &&",
          "io.payonce.platform.SpokenTest#on_a_4xx_only_the_platforms_own_codes_are_a_verdict"),
      new Mutant(
          "what speaks of the connection is no verdict",
          "java/io/payonce/platform/Reading.java",
          "&& !OF_THE_CONNECTION.contains(status)",
          "",
          "io.payonce.platform.SpokenTest#what_speaks_of_the_connection_is_never_a_verdict"),
      new Mutant(
          "a refusal that people put right gives the id back",
          RULE + "Code.java",
          "\"application not bound to the merchant\", REFUSED_FOR_NOW,",
          "\"application not bound to the merchant\", REFUSED,",
          TEST + "CodeTest#what_people_put_right_gives_the_id_back"),
      new Mutant(
          "E02 proves nothing",
          RULE + "Code.java",
          "\"network timeout or error\", UNKNOWN,",
          "\"network timeout or error\", REFUSED,",
          TEST + "CodeTest#only_s_c_and_m_codes_prove_that_a_copy_did_nothing"),
      new Mutant(
          "C06 speaks of an earlier copy",
          RULE + "Code.java",
          "\"duplicate request serial number\", ARRIVED,",
          "\"duplicate request serial number\", REFUSED,",
          TEST + "CodeTest#codes_that_speak_of_an_earlier_copy_are_asked_about"),
      new Mutant(
          "C10 may be our own payment",
          RULE + "Code.java",
          "\"order already paid\", ALREADY_PAID,",
          "\"order already paid\", REFUSED,",
          TEST + "CodeTest#codes_that_speak_of_an_earlier_copy_are_asked_about"),
      new Mutant(
          "paid is only our order and amount",
          RULE + "Classification.java",
          "isNamedAsOurs(envelope, expected) && envelope.amount().agreesWith(expected.amount());",
          "isNamedAsOurs(envelope, expected);",
          TEST + "ClassificationTest#success_of_ours_with_another_amount_is_money_that_moved"),
      new Mutant(
          "paid is only our order",
          RULE + "Classification.java",
          "&& agrees(envelope.referenceOrderId(), expected.referenceOrderId())",
          "",
          TEST + "ClassificationTest#an_answer_about_another_payment_says_nothing_of_ours"),
      new Mutant(
          "a confirm of another's transaction is foreign",
          RULE + "Classification.java",
          "if (isOurs(envelope, expected)) { return ofStatus(envelope); }",
          "if (true) { return ofStatus(envelope); }",
          TEST + "ClassificationTest#an_answer_about_another_payment_says_nothing_of_ours"),
      new Mutant(
          "an answer about another payment is no answer",
          RULE + "Classification.java",
          "if (!isOurs(envelope, expected)) {",
          "if (false) {",
          TEST + "ClassificationTest#an_answer_about_another_payment_says_nothing_of_ours"),
      new Mutant(
          "code 0 alone is not paid",
          RULE + "Classification.java",
          "expected.operation().statusless() == Operation.Statusless.DONE",
          "true",
          TEST
              + "ClassificationTest#code_0_without_status_is_open_for_a_sale_and_done_for_a_session"),
      new Mutant(
          "a decline is told from a fault",
          RULE + "Classification.java",
          "envelope.hasDeclineCode() ? Report.DECLINED : Report.FAILED",
          "Report.FAILED",
          TEST + "ClassificationTest#an_f_with_an_issuers_reason_is_a_decline"),
      new Mutant(
          "silence is not 'nothing left'",
          RULE + "Classification.java",
          "if (answer instanceof Answer.Unsent) {",
          "if (!(answer instanceof Answer.Spoken)) {",
          TEST + "ClassificationTest#silence_and_nothing_left_are_told_apart"),
      new Mutant(
          "a refused confirm says nothing of the payment",
          RULE + "Classification.java",
          "default -> Report.UNKNOWN; };",
          "default -> Code.of(spoken.envelope().code()).ofThatCopy(); };",
          TEST + "ClassificationTest#every_other_code_to_a_confirm_says_nothing_of_the_payment"),
      new Mutant(
          "the order of members makes no other request",
          "java/io/payonce/json/Canonical.java",
          "sort(first);",
          "",
          "io.payonce.json.RequestReaderTest"
              + "#agrees_with_trees_on_random_requests_and_on_the_same_written_otherwise"),
      new Mutant(
          "what a wallet encrypts afresh makes no other request",
          "java/io/payonce/json/Canonical.java",
          "return name.endsWith(\"oken\") ||",
          "return false && name.endsWith(\"oken\") ||",
          "io.payonce.json.RequestReaderTest#the_same_money_is_the_same_request"),
      new Mutant(
          "members that nobody knows are compared, too",
          "java/io/payonce/json/RequestScan.java",
          "found.form().value(parser); } } } }",
          "parser.skipChildren(); } } } }",
          "io.payonce.json.RequestReaderTest#whatever_else_differs_is_another_request"),
      new Mutant(
          "only the outermost description is of the press",
          "java/io/payonce/json/Canonical.java",
          "\"notifyUrl\" -> outermost;",
          "\"notifyUrl\" -> true;",
          "io.payonce.json.RequestReaderTest#whatever_else_differs_is_another_request"),
      new Mutant(
          "a derived id is a pure function of the caller's id",
          RULE + "PlatformId.java",
          "(attempt + \"/\" + unique)",
          "(\"\" + System.nanoTime())",
          TEST + "PureRulesTest#derived_ids_are_a_pure_function_of_id_and_attempt_and_short"));

  private ReadingMutants() {}
}
