package io.payonce.codes;

import static io.payonce.codes.Remedy.BY_OTHERS;
import static io.payonce.codes.Remedy.CALL_OPERATOR;
import static io.payonce.codes.Remedy.LOG_IN;
import static io.payonce.codes.Remedy.NONE;
import static io.payonce.codes.Remedy.READ_KEYS;
import static io.payonce.codes.Remedy.RENEW_KEY;
import static io.payonce.codes.Remedy.RENEW_TMK;
import static io.payonce.codes.Remedy.SET_CLOCK;
import static io.payonce.codes.Remedy.SLOW_DOWN;
import static io.payonce.codes.Report.ALREADY_PAID;
import static io.payonce.codes.Report.BUSY;
import static io.payonce.codes.Report.DONE;
import static io.payonce.codes.Report.ID_IN_USE;
import static io.payonce.codes.Report.REFUSED;
import static io.payonce.codes.Report.REFUSED_FOR_NOW;
import static io.payonce.codes.Report.UNKNOWN;

import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The platform's codes, one row each: what the code means, what it tells of the send it answers,
 * what cures it, and what is left for operators to do. Page = the platform's public error-code
 * page; the others are historic ones it may still send (platform.md#codes).
 */
public enum Code {
  // spotless:off
  //            code           page   meaning                                     of that send     remedy         what you must do
  OK           ("0",           true,  "call accepted",                            DONE,            NONE,          "read transactionStatus: only S is paid"),
  P01          ("P01",         true,  "bank channel exception",                   UNKNOWN,         NONE,          "nothing; while you get status P, ask again"),
  E01          ("E01",         true,  "system busy",                              UNKNOWN,         NONE,          "nothing; while you get status P, ask again"),
  E02          ("E02",         true,  "network timeout or error",                 UNKNOWN,         NONE,          "nothing; while you get status P, ask again"),
  E03          ("E03",         true,  "unknown exception",                        UNKNOWN,         NONE,          "nothing; while you get status P, ask again"),
  E04          ("E04",         false, "system exception",                         UNKNOWN,         NONE,          "nothing; while you get status P, ask again"),
  N996         ("996",         false, "system timeout",                           UNKNOWN,         NONE,          "nothing; while you get status P, ask again"),
  R01          ("R01",         false, "refused by risk control",                  UNKNOWN,         NONE,          "nothing; ask the platform if it repeats"),
  S01          ("S01",         true,  "caller's IP address not allowed",          REFUSED_FOR_NOW, CALL_OPERATOR, "put Payonce's addresses on the merchant's IP whitelist"),
  S02          ("S02",         true,  "timestamp too far from server time",       REFUSED_FOR_NOW, SET_CLOCK,     "nothing; keep the clocks of the pods right"),
  S03          ("S03",         true,  "signature verification failed",            REFUSED_FOR_NOW, READ_KEYS,     "check signing.mode and its key or secret"),
  S04          ("S04",         true,  "call frequency exceeded",                  BUSY,            SLOW_DOWN,     "send less, or ask the platform for a higher limit"),
  S05          ("S05",         true,  "data decryption failed",                   REFUSED_FOR_NOW, CALL_OPERATOR, "check the encryption of the payload and its key"),
  S06          ("S06",         true,  "insufficient permissions",                 REFUSED_FOR_NOW, CALL_OPERATOR, "apply for the permission at the platform"),
  S07          ("S07",         true,  "TMK missing or expired",                   REFUSED_FOR_NOW, RENEW_TMK,     "configure how the TMK is renewed, or renew it"),
  S08          ("S08",         true,  "working key missing or expired",           REFUSED_FOR_NOW, RENEW_KEY,     "configure how the working key is renewed, or renew it"),
  S09          ("S09",         true,  "login session expired or not logged in",   REFUSED_FOR_NOW, LOG_IN,        "configure how to log in, or log in"),
  S10          ("S10",         true,  "request authentication failed",            REFUSED_FOR_NOW, READ_KEYS,     "check upstream.apiKey"),
  /** Of the HTTP call's id, not of the payment's; the page says: send again with another one. */
  S11          ("S11",         true,  "duplicate request",                        UNKNOWN,         NONE,          "nothing; every send carries a fresh request id"),
  C01          ("C01",         true,  "request parameter missing",                REFUSED,         NONE,          "send the fields that the message names"),
  C02          ("C02",         true,  "request JSON format error",                REFUSED,         NONE,          "send well-formed JSON with the documented types"),
  C03          ("C03",         true,  "merchant unknown or disabled",             REFUSED_FOR_NOW, BY_OTHERS,     "check the merchant id"),
  C04          ("C04",         false, "store unknown or disabled",                REFUSED_FOR_NOW, BY_OTHERS,     "check the store"),
  C05          ("C05",         false, "device serial unknown",                    REFUSED_FOR_NOW, BY_OTHERS,     "check terminalSn"),
  C06          ("C06",         true,  "duplicate request serial number",          ID_IN_USE,         NONE,          "use one transactionRequestId for one payment only"),
  C07          ("C07",         false, "duplicate merchant order number",          REFUSED,         NONE,          "use a fresh referenceOrderId for a new order"),
  C08          ("C08",         true,  "transaction locked",                       BUSY,            NONE,          "wait for this order's other payment"),
  C09          ("C09",         false, "order not paid",                           REFUSED,         NONE,          "pay the order first"),
  C10          ("C10",         true,  "order already paid",                       ALREADY_PAID,    NONE,          "do not pay it again"),
  C11          ("C11",         false, "order closed",                             REFUSED,         NONE,          "create a new order"),
  C12          ("C12",         true,  "order does not exist",                     REFUSED,         NONE,          "check the order number and its merchant"),
  C13          ("C13",         false, "currency unsupported",                     REFUSED,         NONE,          "use a supported currency"),
  C14          ("C14",         true,  "amount outside the allowed range",         REFUSED,         NONE,          "change the amount"),
  C15          ("C15",         true,  "refund above the refundable balance",      REFUSED,         NONE,          "refund at most what is left"),
  C16          ("C16",         false, "empty request parameter",                  REFUSED,         NONE,          "fill the field"),
  C17          ("C17",         false, "parameter format error",                   REFUSED,         NONE,          "correct the field"),
  C18          ("C18",         false, "interface does not exist",                 REFUSED_FOR_NOW, BY_OTHERS,     "check the path"),
  C19          ("C19",         false, "HTTP method unsupported",                  REFUSED_FOR_NOW, BY_OTHERS,     "use the documented method"),
  C24          ("C24",         true,  "original transaction's status forbids it", REFUSED,         NONE,          "check the original transaction"),
  C26          ("C26",         true,  "concurrent operation",                     BUSY,            NONE,          "try again later"),
  C27          ("C27",         true,  "concurrent operation",                     BUSY,            NONE,          "try again later"),
  M01          ("M01",         true,  "interface not activated",                  REFUSED_FOR_NOW, CALL_OPERATOR, "apply for the interface or renew it"),
  M02          ("M02",         true,  "application unknown or unavailable",       REFUSED_FOR_NOW, CALL_OPERATOR, "check appId on the open platform"),
  M03          ("M03",         false, "application not bound to the merchant",    REFUSED_FOR_NOW, CALL_OPERATOR, "bind the application to the merchant"),
  M04          ("M04",         true,  "payment product not activated",            REFUSED_FOR_NOW, CALL_OPERATOR, "activate the product and complete its parameters"),
  /** S and M codes that are not documented: they speak of keys and set-up, which operators put right. */
  OTHER_SETUP  ("S?? M??",     false, "any other S or M code",                    REFUSED_FOR_NOW, CALL_OPERATOR, "read the message"),
  /** C codes that are not documented: the platform refuses callers with them, and no more. */
  OTHER_REFUSAL("C??",         false, "any other C code",                         REFUSED,         NONE,          "read the message"),
  /** Every other undocumented code: what that send did is unknown. */
  OTHER        ("other",       false, "any other code",                           UNKNOWN,         NONE,          "nothing; while you get status P, ask again");
  // spotless:on

  /**
   * How the platform writes its refusals. Words that only begin so (SYSTEM_ERROR, CHANNEL_TIMEOUT)
   * come from others on the way, or say that the outcome is unknown.
   */
  private static final Pattern REFUSAL = Pattern.compile("[SCM][0-9]{2}");

  private static final Map<String, Code> BY_TEXT =
      Stream.of(values()).collect(Collectors.toMap(Code::text, Function.identity()));

  private final String text;
  private final boolean onPage;
  private final String meaning;
  private final Report ofThatSend;
  private final Remedy remedy;
  private final String yours;

  Code(
      String text, boolean onPage, String meaning, Report ofThatSend, Remedy remedy, String yours) {
    this.text = text;
    this.onPage = onPage;
    this.meaning = meaning;
    this.ofThatSend = ofThatSend;
    this.remedy = remedy;
    this.yours = yours;
  }

  /** The row for what the platform wrote; one of the last three rows when it is undocumented. */
  public static Code of(String text) {
    if (text == null || text.isEmpty()) {
      return OTHER;
    }
    Code known = BY_TEXT.get(text);
    if (known != null && !known.isCatchAll()) {
      return known;
    }
    if (!REFUSAL.matcher(text).matches()) {
      return OTHER;
    }
    return text.charAt(0) == 'C' ? OTHER_REFUSAL : OTHER_SETUP;
  }

  public String text() {
    return text;
  }

  /** True when the platform's public page documents it, false for historic and catch-all rows. */
  public boolean isOnPage() {
    return onPage;
  }

  public String meaning() {
    return meaning;
  }

  /** True for the rows that stand for undocumented codes. */
  public boolean isCatchAll() {
    return this == OTHER_SETUP || this == OTHER_REFUSAL || this == OTHER;
  }

  /** What the code tells of the send it answers, no other send being in doubt. */
  public Report ofThatSend() {
    return ofThatSend;
  }

  /** True when it says how an original stands, which may be otherwise tomorrow. */
  public boolean dependsOnOriginal() {
    return this == C09 || this == C12 || this == C15 || this == C24;
  }

  public Remedy remedy() {
    return remedy;
  }

  /** What is left for operators to do. */
  public String yours() {
    return yours;
  }

  /** What Payonce does when no earlier send is in doubt, for codes.md and the command codes. */
  public String does() {
    return remedy.does() + what();
  }

  private String what() {
    return switch (ofThatSend) {
      case DONE ->
        "reads transactionStatus: S is paid, F and C are unpaid, I and P are followed up";
      case REFUSED ->
        this == C01 || this == C02
            ? "refuses such requests itself, nothing sent; the platform's own is passed on"
            : dependsOnOriginal()
                ? "passes it on and frees the order; a follow-up may come again under its id"
                : "passes it on and frees the order";
      case BUSY ->
        "keeps the order and sends again after a pause while a caller waits, else passes it on";
      case REFUSED_FOR_NOW ->
        remedy.isOurs()
            ? "else passes it on and frees the order"
            : "passes it on and frees order and id: once mended, the same request goes through";
      case ID_IN_USE ->
        "asks whose the id is: ours gives our status, another's passes it on, no word keeps asking";
      case ALREADY_PAID -> "asks: paid by this payment is answered paid, else it is passed on";
      case PAID,
          OTHER_AMOUNT,
          DECLINED,
          FAILED,
          CLOSED,
          INITIAL,
          PROCESSING,
          REMEDIED,
          NOT_FOUND,
          FOREIGN,
          UNSENT,
          UNKNOWN ->
        "asks, sends again what the platform never saw, answers when the truth is known";
    };
  }
}
