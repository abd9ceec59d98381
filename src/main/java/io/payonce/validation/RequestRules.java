package io.payonce.validation;

import io.payonce.codes.Code;
import io.payonce.model.Operation;
import io.payonce.model.RequestFields;
import io.payonce.model.Scope;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks a caller's request before anything happens: what the platform would surely refuse is
 * refused here, and what it may accept passes. Says which lock an accepted request takes.
 */
public final class RequestRules {
  /**
   * The reason to refuse a request.
   *
   * @param code C01 when fields are missing, C02 when one has not its form
   * @param message names the fields, never their values
   */
  public record Fault(Code code, String message) {}

  private static final String BY_REQUEST_ID = "req:";

  /** What locks an original begins with that is named as the platform does. */
  public static final String NAMED = "txn:";

  /** What tips lock begins so, before the name of their original. */
  public static final String TIPS = "tip:";

  private RequestRules() {}

  /** Empty when the request may pass. Names all missing, or else all ill-formed fields at once. */
  public static Optional<Fault> check(Operation operation, RequestFields fields) {
    OperationRules row = OperationRules.of(operation);
    if (lacks(row, fields)) {
      return Optional.of(new Fault(Code.C01, "missing: " + missing(row, fields)));
    }
    return isIllFormed(row, fields)
        ? Optional.of(new Fault(Code.C02, illFormed(row, fields)))
        : Optional.empty();
  }

  /** Whether these fields name a payment that an accepted request may have begun. */
  public static boolean isNamed(RequestFields fields, Scope scope) {
    Stream<RequestField> names = scope == Scope.APP
        ? Stream.of(RequestField.APP_ID, RequestField.MERCHANT_ID, RequestField.REQUEST_ID)
        : Stream.of(RequestField.MERCHANT_ID, RequestField.REQUEST_ID);
    return names.allMatch(field -> field.isIn(fields) && field.fitsIn(fields));
  }

  /** Whether each of these fields has its form, or is not there: then keys can be made of them. */
  public static boolean fit(RequestFields fields) {
    return Stream.of(RequestField.values()).allMatch(field -> field.fitsIn(fields));
  }

  /**
   * What the request locks: the ledger's name of the order, null when it locks nothing. Only for
   * requests that have passed {@link #check}. No two kinds of names can be alike, for a
   * referenceOrderId has no colon.
   */
  public static String order(Operation operation, RequestFields fields) {
    return switch (operation.orderKey()) {
      case REFERENCE -> fields.referenceOrderId();
      case ORIGINAL -> original(fields);
      case ORIGINAL_OR_REFERENCE ->
        original(fields) != null ? original(fields) : fields.referenceOrderId();
      case TERMINAL_CHANNEL -> "batch:" + fields.terminalSn() + ":" + fields.channelCode();
      case NO_ORDER -> null;
    };
  }

  /** The original's transactionRequestId in a name that {@link #order} made, null without one. */
  public static String originalRequestId(String order) {
    if (order != null && order.startsWith(TIPS)) {
      return originalRequestId(order.substring(TIPS.length()));
    }
    return order != null && order.startsWith(BY_REQUEST_ID)
        ? order.substring(BY_REQUEST_ID.length())
        : null;
  }

  /** What the follow-ups of this payment lock, however they name it. */
  public static String lock(String requestId) {
    return BY_REQUEST_ID + requestId;
  }

  /** If both are sent, the platform goes by the first (platform.md#two-ids). */
  private static String original(RequestFields fields) {
    if (fields.originalTransactionId() != null) {
      return NAMED + fields.originalTransactionId();
    }
    return fields.originalTransactionRequestId() == null
        ? null
        : BY_REQUEST_ID + fields.originalTransactionRequestId();
  }

  private static boolean lacks(OperationRules row, RequestFields fields) {
    for (RequestField field : row.all()) {
      if (!field.isIn(fields)) {
        return true;
      }
    }
    return lacksChoice(row, fields) || row.lacks(fields);
  }

  private static boolean lacksChoice(OperationRules row, RequestFields fields) {
    for (RequestField field : row.oneOf()) {
      if (field.isIn(fields)) {
        return false;
      }
    }
    return !row.oneOf().isEmpty();
  }

  private static String missing(OperationRules row, RequestFields fields) {
    StringJoiner names = new StringJoiner(", ");
    row.all().stream()
        .filter(field -> !field.isIn(fields))
        .forEach(field -> names.add(row.path(field)));
    row.missing(fields).forEach(names::add);
    if (lacksChoice(row, fields)) {
      names.add(row.oneOf().stream().map(RequestField::path).collect(Collectors.joining(" or ")));
    }
    return names.toString();
  }

  private static boolean isIllFormed(OperationRules row, RequestFields fields) {
    for (RequestField field : row.formed()) {
      if (!field.fitsIn(fields)) {
        return true;
      }
    }
    return false;
  }

  private static String illFormed(OperationRules row, RequestFields fields) {
    return row.formed().stream()
        .filter(field -> !field.fitsIn(fields))
        .map(field -> row.path(field) + " must be " + field.expected())
        .collect(Collectors.joining("; "));
  }
}
