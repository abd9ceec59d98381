package io.payonce.model;

import static io.payonce.model.Operation.Doubt.ASK_ONLY;
import static io.payonce.model.Operation.Doubt.CONFIRM;
import static io.payonce.model.Operation.Doubt.REPEAT;
import static io.payonce.model.Operation.Identity.CALLERS;
import static io.payonce.model.Operation.Identity.NONE;
import static io.payonce.model.Operation.Identity.OURS;
import static io.payonce.model.Operation.OrderKey.NO_ORDER;
import static io.payonce.model.Operation.OrderKey.ORIGINAL;
import static io.payonce.model.Operation.OrderKey.ORIGINAL_OR_REFERENCE;
import static io.payonce.model.Operation.OrderKey.REFERENCE;
import static io.payonce.model.Operation.OrderKey.TERMINAL_CHANNEL;
import static io.payonce.model.Operation.Statusless.DONE;
import static io.payonce.model.Operation.Statusless.OPEN;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The platform's calls (platform.md#calls), one row each: what they lock, what names them, what to
 * do when their outcome is unknown, and whether they pay an order.
 */
public enum Operation {
  // spotless:off
  //               method  path                                                 order                  identity in doubt  no statuspays
  SALE            ("POST", "/v1/semi-integration/transaction/sale",             REFERENCE,             CALLERS, CONFIRM,  OPEN, true),
  AUTH            ("POST", "/v1/semi-integration/transaction/auth",             REFERENCE,             CALLERS, CONFIRM,  OPEN, true),
  FORCED_AUTH     ("POST", "/v1/semi-integration/transaction/forced-auth",      REFERENCE,             CALLERS, CONFIRM,  OPEN, true),
  CHECKOUT_SALE   ("POST", "/v1/checkout/sale",                                 REFERENCE,             CALLERS, CONFIRM,  OPEN, true),
  INCREMENTAL_AUTH("POST", "/v1/semi-integration/transaction/incremental-auth", ORIGINAL,              CALLERS, CONFIRM,  OPEN, false),
  POST_AUTH       ("POST", "/v1/semi-integration/transaction/post-auth",        ORIGINAL,              CALLERS, CONFIRM,  OPEN, false),
  REFUND          ("POST", "/v1/semi-integration/transaction/refund",           ORIGINAL_OR_REFERENCE, CALLERS, CONFIRM,  OPEN, false),
  CHECKOUT_REFUND ("POST", "/v1/checkout/refund",                               ORIGINAL,              CALLERS, CONFIRM,  OPEN, false),
  VOID            ("POST", "/v1/semi-integration/transaction/void",             ORIGINAL,              CALLERS, CONFIRM,  OPEN, false),
  CREATE_SESSION  ("POST", "/v1/checkout/create-session",                       REFERENCE,             CALLERS, REPEAT,   DONE, true),
  BATCH_CLOSE     ("POST", "/v1/settlement/batch-close",                        TERMINAL_CHANNEL,      CALLERS, ASK_ONLY, DONE, false),
  TIP_ADJUST      ("POST", "/v1/semi-integration/transaction/tip-adjust",       ORIGINAL,              OURS,    REPEAT,   DONE, false),
  ABORT           ("POST", "/v1/semi-integration/transaction/abort",            NO_ORDER,              NONE,    REPEAT,   DONE, false),
  EXPIRE_SESSION  ("POST", "/v1/checkout/expire-session",                       NO_ORDER,              NONE,    REPEAT,   DONE, false),
  QUERY           ("GET",  "/v1/transaction/query",                             NO_ORDER,              NONE,    REPEAT,   DONE, false),
  BATCH_QUERY     ("GET",  "/v1/settlement/batch-query",                        NO_ORDER,              NONE,    REPEAT,   DONE, false),
  BATCH_CLOSE_LIST("GET",  "/v1/settlement/batch-close-list",                   NO_ORDER,              NONE,    REPEAT,   DONE, false),
  MERCHANT_QUERY  ("GET",  "/v1/merchant/query",                                NO_ORDER,              NONE,    REPEAT,   DONE, false),
  TERMINALS_QUERY ("GET",  "/v1/merchant/terminals/query",                      NO_ORDER,              NONE,    REPEAT,   DONE, false);
  // spotless:on

  /** What the ledger locks while such a payment is unsettled. */
  public enum OrderKey {
    REFERENCE,
    ORIGINAL,
    ORIGINAL_OR_REFERENCE,
    TERMINAL_CHANNEL,
    NO_ORDER
  }

  /** What names the payment: the caller's id, one we make for each call, or nothing. */
  public enum Identity {
    CALLERS,
    OURS,
    NONE
  }

  /** How an unknown outcome is cleared up. */
  public enum Doubt {
    /** Ask the platform, then send again if it knows nothing. */
    CONFIRM,
    /** Repeating it does no harm: send the same again. */
    REPEAT,
    /** Irreversible: ask, and never send again. */
    ASK_ONLY
  }

  /** What an answer with code 0 and no transactionStatus means. */
  public enum Statusless {
    DONE,
    OPEN
  }

  private static final Map<String, Operation> BY_PATH =
      Stream.of(values()).collect(Collectors.toMap(Operation::path, Function.identity()));

  private final String method;
  private final String path;
  private final OrderKey orderKey;
  private final Identity identity;
  private final Doubt doubt;
  private final Statusless statusless;
  private final boolean pays;
  private final String label;

  Operation(
      String method,
      String path,
      OrderKey orderKey,
      Identity identity,
      Doubt doubt,
      Statusless statusless,
      boolean pays) {
    this.method = method;
    this.path = path;
    this.orderKey = orderKey;
    this.identity = identity;
    this.doubt = doubt;
    this.statusless = statusless;
    this.pays = pays;
    this.label = name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** The operation at this path, or null when it is not one of the platform's documented calls. */
  public static Operation at(String path) {
    return BY_PATH.get(path);
  }

  /** True when the platform, or one of its SDKs, uses that method (platform.md#batch-query). */
  public boolean accepts(String verb) {
    return method.equals(verb) || this == BATCH_QUERY && "POST".equals(verb);
  }

  public String method() {
    return method;
  }

  public String path() {
    return path;
  }

  public OrderKey orderKey() {
    return orderKey;
  }

  public Identity identity() {
    return identity;
  }

  /** True when such a call is a payment: it has a record in the ledger. */
  public boolean isLedgered() {
    return identity != NONE;
  }

  /**
   * True when the platform reports its end to a notifyUrl (platform.md#webhooks): tips and batches
   * are answered at once, and their requests have no such member.
   */
  public boolean isReported() {
    return identity == CALLERS && this != BATCH_CLOSE;
  }

  public Doubt doubt() {
    return doubt;
  }

  public Statusless statusless() {
    return statusless;
  }

  /**
   * The member of an answer's data without which it is no result; null for payments, whose status
   * is. Official SDKs know no status of these calls: code 0 is "done" to them.
   */
  public String result() {
    return switch (this) {
      case CREATE_SESSION -> "checkoutUrl";
      case TIP_ADJUST -> "tipAmount";
      case BATCH_CLOSE -> "batchNo";
      default -> null;
    };
  }

  /** True when its success pays the order, so that no other payment may follow on it. */
  public boolean pays() {
    return pays;
  }

  /** True when its success gives money back. */
  public boolean refunds() {
    return this == REFUND || this == CHECKOUT_REFUND;
  }

  /** True when it is done to an earlier transaction, and may be refused for how that one stands. */
  public boolean follows() {
    return orderKey == ORIGINAL || orderKey == ORIGINAL_OR_REFERENCE;
  }

  /** The name in metrics, logs and the ledger: {@code checkout-sale}. */
  public String label() {
    return label;
  }
}
