package io.payonce.sandbox.request;

import java.util.Arrays;
import java.util.List;

/**
 * The platform's calls. A required field may be nested ({@code amount.orderAmount}) or one of
 * several ({@code a|b}).
 */
public enum SimOperation {
  SALE(Kind.PAYMENT, "SALE", "POST", "/v1/semi-integration/transaction/sale", Fields.IN_PERSON),
  AUTH(Kind.PAYMENT, "AUTH", "POST", "/v1/semi-integration/transaction/auth", Fields.IN_PERSON),
  FORCED_AUTH(
      Kind.PAYMENT,
      "FORCED_AUTH",
      "POST",
      "/v1/semi-integration/transaction/forced-auth",
      Fields.IN_PERSON),
  INCREMENTAL_AUTH(
      Kind.FOLLOW_UP,
      "INCREMENTAL",
      "POST",
      "/v1/semi-integration/transaction/incremental-auth",
      Fields.FOLLOW_UP + Fields.AMOUNT + Fields.ORIGINAL),
  POST_AUTH(
      Kind.FOLLOW_UP,
      "POST_AUTH",
      "POST",
      "/v1/semi-integration/transaction/post-auth",
      Fields.FOLLOW_UP + Fields.AMOUNT + Fields.ORIGINAL),
  REFUND(
      Kind.FOLLOW_UP,
      "REFUND",
      "POST",
      "/v1/semi-integration/transaction/refund",
      Fields.FOLLOW_UP + Fields.AMOUNT + Fields.ORIGINAL + "|referenceOrderId"),
  VOID(
      Kind.FOLLOW_UP,
      "VOID",
      "POST",
      "/v1/semi-integration/transaction/void",
      Fields.FOLLOW_UP + Fields.ORIGINAL),
  CHECKOUT_SALE(
      Kind.PAYMENT,
      "SALE",
      "POST",
      "/v1/checkout/sale",
      "transactionRequestId referenceOrderId description paymentMethod" + Fields.AMOUNT),
  CHECKOUT_REFUND(
      Kind.FOLLOW_UP,
      "REFUND",
      "POST",
      "/v1/checkout/refund",
      "transactionRequestId" + Fields.ORIGINAL),
  CREATE_SESSION(
      Kind.SESSION,
      "SALE",
      "POST",
      "/v1/checkout/create-session",
      "transactionRequestId referenceOrderId description" + Fields.AMOUNT),
  /** The real platform has no such call: it is one that Payonce knows only if it is configured. */
  WALLET_CHARGE(
      Kind.PAYMENT,
      "SALE",
      "POST",
      "/v1/wallet/charge",
      "transactionRequestId referenceOrderId walletId" + Fields.AMOUNT),
  ABORT(
      Kind.OTHER,
      null,
      "POST",
      "/v1/semi-integration/transaction/abort",
      "terminalSn description" + Fields.ORIGINAL),
  TIP_ADJUST(
      Kind.OTHER,
      null,
      "POST",
      "/v1/semi-integration/transaction/tip-adjust",
      "terminalSn tipAmount" + Fields.ORIGINAL),
  EXPIRE_SESSION(Kind.OTHER, null, "POST", "/v1/checkout/expire-session", "sessionId"),
  BATCH_CLOSE(
      Kind.OTHER,
      null,
      "POST",
      "/v1/settlement/batch-close",
      "transactionRequestId terminalSn channelCode"),
  QUERY(Kind.OTHER, null, "GET", "/v1/transaction/query", "transactionId|transactionRequestId"),
  BATCH_QUERY(Kind.OTHER, null, "GET POST", "/v1/settlement/batch-query", "terminalSn"),
  BATCH_CLOSE_LIST(Kind.OTHER, null, "GET", "/v1/settlement/batch-close-list", "terminalSn"),
  MERCHANT_QUERY(Kind.OTHER, null, "GET", "/v1/merchant/query", ""),
  TERMINALS_QUERY(Kind.OTHER, null, "GET", "/v1/merchant/terminals/query", ""),
  LEND_TMK(IssuedCredentials.What.TMK, "/v1/keys/tmk"),
  LEND_WORKING_KEY(IssuedCredentials.What.WORKING_KEY, "/v1/keys/working"),
  LOG_IN(IssuedCredentials.What.SESSION, "/v1/sessions/login");

  /** Ways to execute a call: with an order of its own, on an earlier transaction, or otherwise. */
  public enum Kind {
    PAYMENT,
    FOLLOW_UP,
    SESSION,
    OTHER
  }

  private static final class Fields {
    static final String ORIGINAL = " originalTransactionId|originalTransactionRequestId";
    static final String AMOUNT = " amount.orderAmount amount.priceCurrency";
    static final String FOLLOW_UP = "transactionRequestId description terminalSn";
    static final String IN_PERSON = "referenceOrderId " + FOLLOW_UP + AMOUNT;
  }

  private final Kind kind;
  private final String type;
  private final String methods;
  private final String path;
  private final List<String> required;
  private final IssuedCredentials.What lends;

  SimOperation(Kind kind, String type, String methods, String path, String required) {
    this.kind = kind;
    this.type = type;
    this.methods = methods;
    this.path = path;
    this.required = Arrays.stream(("appId merchantId " + required).split(" "))
        .filter(field -> !field.isEmpty())
        .toList();
    this.lends = null;
  }

  /** These name no merchant: what is lent serves them all. */
  SimOperation(IssuedCredentials.What lends, String path) {
    this.kind = Kind.OTHER;
    this.type = null;
    this.methods = "POST";
    this.path = path;
    this.required = List.of();
    this.lends = lends;
  }

  /** What the call is made to get; null for all that are no renewal. */
  public IssuedCredentials.What lends() {
    return lends;
  }

  public static SimOperation at(String method, String path) {
    SimOperation found = Arrays.stream(values())
        .filter(operation -> operation.path.equals(path))
        .findFirst()
        .orElseThrow(() -> new Refusal("C18", "interface does not exist: " + path));
    if (!List.of(found.methods.split(" ")).contains(method)) {
      throw new Refusal("C19", "HTTP method " + method + " not supported, use " + found.methods);
    }
    return found;
  }

  public Kind kind() {
    return kind;
  }

  /** The transactionType, or null if the call makes no transaction. */
  public String type() {
    return type;
  }

  public String path() {
    return path;
  }

  List<String> required() {
    return required;
  }

  public boolean isInPerson() {
    return path.startsWith("/v1/semi-integration/");
  }
}
