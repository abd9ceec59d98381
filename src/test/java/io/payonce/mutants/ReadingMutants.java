package io.payonce.mutants;

import java.util.List;

/** Rules for reading what the platform says. */
final class ReadingMutants {
  private static final String RULE = "java/io/payonce/rule/";
  private static final String TEST = "io.payonce.rule.";

  static final List<Mutant> ALL = List.of(
      new Mutant(
          "S11 speaks of the HTTP call's id, not of the payment's",
          "java/io/payonce/codes/Code.java",
          "\"duplicate request\", UNKNOWN,",
          "\"duplicate request\", ID_IN_USE,",
          "io.payonce.codes.CodeTest#s11_speaks_of_the_http_call_and_leaves_the_payment_in_doubt_like_e02"),
      new Mutant(
          "an unknown code with another letter is in doubt",
          "java/io/payonce/codes/Code.java",
          "\"[SCM][0-9]{2}\"",
          "\"[A-Z][0-9]{2}\"",
          "io.payonce.codes.CodeTest#an_unknown_code_is_a_refusal_only_with_the_letter_of_one"),
      new Mutant(
          "words that only begin like a refusal are in doubt",
          "java/io/payonce/codes/Code.java",
          "\"[SCM][0-9]{2}\"",
          "\"[SCM].*\"",
          "io.payonce.codes.CodeTest#words_that_only_begin_like_a_refusal_prove_nothing"),
      new Mutant(
          "on a 4xx only the platform's own codes count",
          "java/io/payonce/platform/http/ResponseReader.java",
          "return status >= 400 &&",
          "return false &&",
          "io.payonce.platform.http.SpokenTest#on_a_4xx_only_the_platforms_own_codes_are_a_verdict"),
      new Mutant(
          "what speaks of the connection is no verdict",
          "java/io/payonce/platform/http/ResponseReader.java",
          "&& !OF_THE_CONNECTION.contains(status)",
          "",
          "io.payonce.platform.http.SpokenTest#what_speaks_of_the_connection_is_never_a_verdict"),
      new Mutant(
          "a refusal that people put right gives the id back",
          "java/io/payonce/codes/Code.java",
          "\"application not bound to the merchant\", REFUSED_FOR_NOW,",
          "\"application not bound to the merchant\", REFUSED,",
          "io.payonce.codes.CodeTest#what_operators_put_right_gives_the_id_back"),
      new Mutant(
          "E02 proves nothing",
          "java/io/payonce/codes/Code.java",
          "\"network timeout or error\", UNKNOWN,",
          "\"network timeout or error\", REFUSED,",
          "io.payonce.codes.CodeTest#only_s_c_and_m_codes_prove_that_a_send_did_nothing"),
      new Mutant(
          "C06 speaks of an earlier send",
          "java/io/payonce/codes/Code.java",
          "\"duplicate request serial number\", ID_IN_USE,",
          "\"duplicate request serial number\", REFUSED,",
          "io.payonce.codes.CodeTest#codes_that_speak_of_an_earlier_send_are_asked_about"),
      new Mutant(
          "C10 may be our own payment",
          "java/io/payonce/codes/Code.java",
          "\"order already paid\", ALREADY_PAID,",
          "\"order already paid\", REFUSED,",
          "io.payonce.codes.CodeTest#codes_that_speak_of_an_earlier_send_are_asked_about"),
      new Mutant(
          "paid is only our order and amount",
          "java/io/payonce/codes/Classification.java",
          "isNamedAsOurs(envelope, expected) && envelope.amount().agreesWith(expected.amount());",
          "isNamedAsOurs(envelope, expected);",
          "io.payonce.codes.ClassificationTest#success_of_ours_with_another_amount_is_money_that_moved"),
      new Mutant(
          "paid is only our order",
          "java/io/payonce/codes/Classification.java",
          "&& agrees(envelope.referenceOrderId(), expected.referenceOrderId())",
          "",
          "io.payonce.codes.ClassificationTest#an_answer_about_another_payment_says_nothing_of_ours"),
      new Mutant(
          "a confirm of another's transaction is foreign",
          "java/io/payonce/codes/Classification.java",
          "if (isOurs(envelope, expected)) { return ofStatus(envelope); }",
          "if (true) { return ofStatus(envelope); }",
          "io.payonce.codes.ClassificationTest#an_answer_about_another_payment_says_nothing_of_ours"),
      new Mutant(
          "an answer about another payment is no answer",
          "java/io/payonce/codes/Classification.java",
          "if (!isOurs(envelope, expected)) {",
          "if (false) {",
          "io.payonce.codes.ClassificationTest#an_answer_about_another_payment_says_nothing_of_ours"),
      new Mutant(
          "code 0 alone is not paid",
          "java/io/payonce/codes/Classification.java",
          "expected.operation().statusless() == Operation.Statusless.DONE",
          "true",
          "io.payonce.codes.ClassificationTest#code_0_without_status_is_open_for_a_sale_and_done_for_a_session"),
      new Mutant(
          "a decline is distinguished from a fault",
          "java/io/payonce/codes/Classification.java",
          "envelope.hasDeclineCode() ? Report.DECLINED : Report.FAILED",
          "Report.FAILED",
          "io.payonce.codes.ClassificationTest#an_f_with_an_issuers_reason_is_a_decline"),
      new Mutant(
          "silence is not 'nothing left'",
          "java/io/payonce/codes/Classification.java",
          "if (answer instanceof Answer.Unsent) {",
          "if (!(answer instanceof Answer.Spoken)) {",
          "io.payonce.codes.ClassificationTest#silence_and_nothing_left_are_distinguished"),
      new Mutant(
          "a refused confirm says nothing of the payment",
          "java/io/payonce/codes/Classification.java",
          "default -> Report.UNKNOWN; };",
          "default -> Code.of(spoken.envelope().code()).ofThatSend(); };",
          "io.payonce.codes.ClassificationTest#every_other_code_to_a_confirm_says_nothing_of_the_payment"),
      new Mutant(
          "the order of members makes no other request",
          "java/io/payonce/json/CanonicalJson.java",
          "sort(first);",
          "",
          "io.payonce.json.RequestReaderTest"
              + "#agrees_with_trees_on_random_requests_and_on_the_same_written_otherwise"),
      new Mutant(
          "what a wallet encrypts afresh makes no other request",
          "java/io/payonce/json/CanonicalJson.java",
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
          "java/io/payonce/json/CanonicalJson.java",
          "\"notifyUrl\" -> outermost;",
          "\"notifyUrl\" -> true;",
          "io.payonce.json.RequestReaderTest#whatever_else_differs_is_another_request"),
      new Mutant(
          "a reissued id is a pure function of the caller's id",
          "java/io/payonce/recovery/PlatformId.java",
          "(attempt + \"/\" + unique)",
          "(\"\" + System.nanoTime())",
          "io.payonce.recovery.PureRulesTest#reissued_ids_are_a_pure_function_of_id_and_attempt_and_short"));

  private ReadingMutants() {}
}
