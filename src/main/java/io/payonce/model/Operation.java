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

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A call of the platform: what it locks, what names it, what to do when its outcome is unknown, and
 * whether it pays an order. Those that this program was written with (platform.md#calls) are the
 * constants here, one row each, and are compared by identity; an operator can add more, as
 * {@link AddedOperation} says.
 */
public final class Operation {
  // spotless:off
  //                                                                          method  path                                                  order                  identity in doubt  no statuspays
  public static final Operation SALE             = of("sale",             "POST", "/v1/semi-integration/transaction/sale",             REFERENCE,             CALLERS, CONFIRM,  OPEN, true);
  public static final Operation AUTH             = of("auth",             "POST", "/v1/semi-integration/transaction/auth",             REFERENCE,             CALLERS, CONFIRM,  OPEN, true);
  public static final Operation FORCED_AUTH      = of("forced-auth",      "POST", "/v1/semi-integration/transaction/forced-auth",      REFERENCE,             CALLERS, CONFIRM,  OPEN, true);
  public static final Operation CHECKOUT_SALE    = of("checkout-sale",    "POST", "/v1/checkout/sale",                                 REFERENCE,             CALLERS, CONFIRM,  OPEN, true);
  public static final Operation INCREMENTAL_AUTH = of("incremental-auth", "POST", "/v1/semi-integration/transaction/incremental-auth", ORIGINAL,              CALLERS, CONFIRM,  OPEN, false);
  public static final Operation POST_AUTH        = of("post-auth",        "POST", "/v1/semi-integration/transaction/post-auth",        ORIGINAL,              CALLERS, CONFIRM,  OPEN, false);
  public static final Operation REFUND           = of("refund",           "POST", "/v1/semi-integration/transaction/refund",           ORIGINAL_OR_REFERENCE, CALLERS, CONFIRM,  OPEN, false);
  public static final Operation CHECKOUT_REFUND  = of("checkout-refund",  "POST", "/v1/checkout/refund",                               ORIGINAL,              CALLERS, CONFIRM,  OPEN, false);
  public static final Operation VOID             = of("void",             "POST", "/v1/semi-integration/transaction/void",             ORIGINAL,              CALLERS, CONFIRM,  OPEN, false);
  public static final Operation CREATE_SESSION   = of("create-session",   "POST", "/v1/checkout/create-session",                       REFERENCE,             CALLERS, REPEAT,   DONE, true);
  public static final Operation BATCH_CLOSE      = of("batch-close",      "POST", "/v1/settlement/batch-close",                        TERMINAL_CHANNEL,      CALLERS, ASK_ONLY, DONE, false);
  public static final Operation TIP_ADJUST       = of("tip-adjust",       "POST", "/v1/semi-integration/transaction/tip-adjust",       ORIGINAL,              OURS,    REPEAT,   DONE, false);
  public static final Operation ABORT            = of("abort",            "POST", "/v1/semi-integration/transaction/abort",            NO_ORDER,              NONE,    REPEAT,   DONE, false);
  public static final Operation EXPIRE_SESSION   = of("expire-session",   "POST", "/v1/checkout/expire-session",                       NO_ORDER,              NONE,    REPEAT,   DONE, false);
  public static final Operation QUERY            = of("query",            "GET",  "/v1/transaction/query",                             NO_ORDER,              NONE,    REPEAT,   DONE, false);
  public static final Operation BATCH_QUERY      = of("batch-query",      "GET",  "/v1/settlement/batch-query",                        NO_ORDER,              NONE,    REPEAT,   DONE, false);
  public static final Operation BATCH_CLOSE_LIST = of("batch-close-list", "GET",  "/v1/settlement/batch-close-list",                   NO_ORDER,              NONE,    REPEAT,   DONE, false);
  public static final Operation MERCHANT_QUERY   = of("merchant-query",   "GET",  "/v1/merchant/query",                                NO_ORDER,              NONE,    REPEAT,   DONE, false);
  public static final Operation TERMINALS_QUERY  = of("terminals-query",  "GET",  "/v1/merchant/terminals/query",                      NO_ORDER,              NONE,    REPEAT,   DONE, false);
  // spotless:on

  private static final List<Operation> KNOWN = List.of(
      SALE,
      AUTH,
      FORCED_AUTH,
      CHECKOUT_SALE,
      INCREMENTAL_AUTH,
      POST_AUTH,
      REFUND,
      CHECKOUT_REFUND,
      VOID,
      CREATE_SESSION,
      BATCH_CLOSE,
      TIP_ADJUST,
      ABORT,
      EXPIRE_SESSION,
      QUERY,
      BATCH_QUERY,
      BATCH_CLOSE_LIST,
      MERCHANT_QUERY,
      TERMINALS_QUERY);

  private static final Map<String, Operation> BY_WORD =
      KNOWN.stream().collect(Collectors.toMap(Operation::label, Function.identity()));

  /** Of what operators add, whose number is not known here, some share one. */
  private static final int ADDED_SLOTS = 8;

  /** How many numbers {@link #slot} can give. */
  public static final int SLOTS = KNOWN.size() + ADDED_SLOTS;

  /** The lock that the ledger keeps while such a payment is unsettled. */
  public enum OrderKey {
    REFERENCE,
    ORIGINAL,
    ORIGINAL_OR_REFERENCE,
    TERMINAL_CHANNEL,
    NO_ORDER
  }

  /** The payment's name: the caller's id, one we make for each call, or nothing. */
  public enum Identity {
    CALLERS,
    OURS,
    NONE
  }

  /** Ways to clear up an unknown outcome. */
  public enum Doubt {
    /** Ask the platform, then send again if it knows nothing. */
    CONFIRM,
    /** Repeating it does no harm: send the same again. */
    REPEAT,
    /**
     * The same as often as allowed, then ask: an operator has said that a repeat does no harm, and
     * no one has said that a query shows it, so that it is not found proves nothing.
     */
    REPEAT_THEN_ASK,
    /** Irreversible: ask, and never send again. */
    ASK_ONLY
  }

  /** Meanings of an answer with code 0 and no transactionStatus. */
  public enum Statusless {
    DONE,
    OPEN
  }

  private final String label;
  private final String method;
  private final String path;
  private final OrderKey orderKey;
  private final Identity identity;
  private final Doubt doubt;
  private final Statusless statusless;
  private final boolean pays;
  /** Null for what this program was written with. */
  private final AddedOperation added;

  private final List<String> members;

  private Operation(
      String label,
      String method,
      String path,
      OrderKey orderKey,
      Identity identity,
      Doubt doubt,
      Statusless statusless,
      boolean pays,
      AddedOperation added) {
    this.label = label;
    this.method = method;
    this.path = path;
    this.orderKey = orderKey;
    this.identity = identity;
    this.doubt = doubt;
    this.statusless = statusless;
    this.pays = pays;
    this.added = added;
    this.members = added == null ? List.of() : added.members();
  }

  private static Operation of(
      String label,
      String method,
      String path,
      OrderKey orderKey,
      Identity identity,
      Doubt doubt,
      Statusless statusless,
      boolean pays) {
    return new Operation(label, method, path, orderKey, identity, doubt, statusless, pays, null);
  }

  /** An operator's. */
  static Operation of(AddedOperation added) {
    return new Operation(
        added.label(),
        "POST",
        added.path(),
        added.orderKey(),
        CALLERS,
        added.doubt(),
        added.doubt() == CONFIRM ? OPEN : DONE,
        added.orderKey() == REFERENCE,
        added);
  }

  /** All that this program was written with. */
  public static List<Operation> known() {
    return KNOWN;
  }

  /** Reads what {@link #stored} has written; null when no operation is written so. */
  public static Operation read(String stored) {
    Operation known = BY_WORD.get(stored);
    return known == null ? AddedOperation.read(stored) : known;
  }

  /**
   * As records name it. What an operator has added is written with all that it takes to bring it to
   * its end: who works on it need not have the same configuration, or have it still.
   */
  public String stored() {
    return added == null ? label : added.stored();
  }

  /** By what the fingerprints of its requests differ from those of others. */
  public String kind() {
    return added == null ? label : path;
  }

  /** Null for what this program was written with. */
  public AddedOperation added() {
    return added;
  }

  /** {@link AddedOperation#members}. */
  public List<String> members() {
    return members;
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
   * are answered at once, and their requests have no such member; nor need those of an operator's
   * that are answered like them.
   */
  public boolean isReported() {
    return identity == CALLERS && this != BATCH_CLOSE && (added == null || statusless == OPEN);
  }

  public Doubt doubt() {
    return doubt;
  }

  public Statusless statusless() {
    return statusless;
  }

  /** True where an answer without a status is a result: code 0 is "done" to callers. */
  public boolean hasResult() {
    return isLedgered() && statusless == DONE;
  }

  /**
   * The member of an answer's data without which it is no result; null for payments, whose status
   * is, and where it is not known which. Official SDKs know no status of these calls.
   */
  public String result() {
    if (this == CREATE_SESSION) {
      return "checkoutUrl";
    }
    if (this == TIP_ADJUST) {
      return "tipAmount";
    }
    return this == BATCH_CLOSE ? "batchNo" : null;
  }

  /**
   * True when it may be sent under an id of ours after the caller's has failed: where the id is the
   * member that the platform and we both know it by.
   */
  public boolean isReissued() {
    return added == null || added.idMember().equals(AddedOperation.REQUEST_ID);
  }

  /** True when answers name its order as referenceOrderId, if they name it. */
  public boolean showsOrder() {
    return added == null || added.showsOrder();
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

  /** A number for tables of what is counted an operation. */
  public int slot() {
    return added == null
        ? KNOWN.indexOf(this)
        : KNOWN.size() + Math.floorMod(path.hashCode(), ADDED_SLOTS);
  }

  /** The name in metrics and logs: {@code checkout-sale}. */
  public String label() {
    return label;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || added != null
            && other instanceof Operation that
            && that.added != null
            && added.stored().equals(that.added.stored());
  }

  @Override
  public int hashCode() {
    return path.hashCode();
  }

  @Override
  public String toString() {
    return label;
  }
}
