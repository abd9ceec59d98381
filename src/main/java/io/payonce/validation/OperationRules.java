package io.payonce.validation;

import static io.payonce.validation.RequestField.APP_ID;
import static io.payonce.validation.RequestField.CARD_DATA;
import static io.payonce.validation.RequestField.CHANNEL;
import static io.payonce.validation.RequestField.CURRENCY;
import static io.payonce.validation.RequestField.DESCRIPTION;
import static io.payonce.validation.RequestField.MERCHANT_ID;
import static io.payonce.validation.RequestField.ORDER;
import static io.payonce.validation.RequestField.ORDER_AMOUNT;
import static io.payonce.validation.RequestField.ORIGINAL_ID;
import static io.payonce.validation.RequestField.ORIGINAL_REQUEST_ID;
import static io.payonce.validation.RequestField.PAYMENT_METHOD;
import static io.payonce.validation.RequestField.REFERENCE;
import static io.payonce.validation.RequestField.REQUEST_ID;
import static io.payonce.validation.RequestField.SESSION_ID;
import static io.payonce.validation.RequestField.TERMINAL;
import static io.payonce.validation.RequestField.TIP_AMOUNT;
import static io.payonce.validation.RequestField.TRANSACTION_ID;

import io.payonce.model.AddedOperation;
import io.payonce.model.Operation;
import io.payonce.model.RequestFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Says what an operation must bring (platform.md#calls), besides appId and merchantId, which all
 * must. A field that only an SDK's type demands, not the documentation, is left to the platform.
 *
 * @param all every one of these
 * @param oneOf at least one of these, unless empty
 * @param formed each of these that is there must have its form
 * @param added what an operator has said of it; null for what this program was written with
 */
record OperationRules(
    List<RequestField> all,
    List<RequestField> oneOf,
    List<RequestField> formed,
    AddedOperation added) {
  private static final Map<Operation, OperationRules> ROWS = new HashMap<>();

  /** One for each description that this process was started with. */
  private static final Map<AddedOperation, OperationRules> ADDED = new ConcurrentHashMap<>();

  static {
    // spotless:off
    row(Operation.SALE,             of(REQUEST_ID, REFERENCE, ORDER_AMOUNT, CURRENCY, DESCRIPTION, TERMINAL),                  none(),     none());
    row(Operation.AUTH,             of(REQUEST_ID, REFERENCE, ORDER_AMOUNT, CURRENCY, DESCRIPTION, TERMINAL),                  none(),     none());
    row(Operation.FORCED_AUTH,      of(REQUEST_ID, REFERENCE, ORDER_AMOUNT, CURRENCY, DESCRIPTION, TERMINAL),                  none(),     none());
    row(Operation.CHECKOUT_SALE,    of(REQUEST_ID, REFERENCE, ORDER_AMOUNT, CURRENCY, DESCRIPTION, PAYMENT_METHOD, CARD_DATA), none(),     none());
    row(Operation.INCREMENTAL_AUTH, of(REQUEST_ID, ORDER_AMOUNT, CURRENCY, DESCRIPTION, TERMINAL),                             original(), none());
    row(Operation.POST_AUTH,        of(REQUEST_ID, ORDER_AMOUNT, CURRENCY, DESCRIPTION, TERMINAL),                             original(), none());
    row(Operation.REFUND,           of(REQUEST_ID, ORDER_AMOUNT, CURRENCY, DESCRIPTION, TERMINAL),                             of(ORIGINAL_ID, ORIGINAL_REQUEST_ID, REFERENCE), none());
    row(Operation.CHECKOUT_REFUND,  of(REQUEST_ID),                                                                            original(), of(CURRENCY));
    row(Operation.VOID,             of(REQUEST_ID, DESCRIPTION, TERMINAL),                                                     original(), none());
    row(Operation.CREATE_SESSION,   of(REQUEST_ID, REFERENCE, ORDER_AMOUNT, CURRENCY, DESCRIPTION),                            none(),     none());
    row(Operation.BATCH_CLOSE,      of(REQUEST_ID, TERMINAL, CHANNEL),                                                         none(),     none());
    row(Operation.TIP_ADJUST,       of(TERMINAL, TIP_AMOUNT),                                                                  original(), none());
    row(Operation.ABORT,            of(DESCRIPTION, TERMINAL),                                                                 original(), none());
    row(Operation.EXPIRE_SESSION,   of(SESSION_ID),                                                                            none(),     none());
    row(Operation.QUERY,            none(),                                                                                    of(TRANSACTION_ID, REQUEST_ID), none());
    row(Operation.BATCH_QUERY,      of(TERMINAL),                                                                              none(),     none());
    row(Operation.BATCH_CLOSE_LIST, of(TERMINAL),                                                                              none(),     of(CHANNEL));
    row(Operation.MERCHANT_QUERY,   none(),                                                                                    none(),     none());
    row(Operation.TERMINALS_QUERY,  none(),                                                                                    none(),     none());
    // spotless:on
  }

  static OperationRules of(Operation operation) {
    return operation.added() == null
        ? ROWS.get(operation)
        : ADDED.computeIfAbsent(operation.added(), OperationRules::of);
  }

  /** What the names of members say of them holds for an operator's call, too. */
  private static OperationRules of(AddedOperation added) {
    List<RequestField> all = new ArrayList<>(of(APP_ID, MERCHANT_ID, REQUEST_ID));
    List<RequestField> oneOf = none();
    switch (added.orderKey()) {
      case REFERENCE -> all.add(added.showsOrder() ? REFERENCE : ORDER);
      case ORIGINAL -> oneOf = original();
      case ORIGINAL_OR_REFERENCE, TERMINAL_CHANNEL, NO_ORDER -> {}
    }
    added.required().stream()
        .filter(member -> !member.equals(added.idMember()) && !member.equals(added.orderMember()))
        .flatMap(member -> RequestField.at(added, member).stream())
        .filter(field -> !all.contains(field))
        .forEach(all::add);
    List<RequestField> formed =
        Stream.of(all, oneOf, of(CURRENCY)).flatMap(List::stream).distinct().toList();
    return new OperationRules(List.copyOf(all), oneOf, formed, added);
  }

  /** What a caller calls the field. */
  String path(RequestField field) {
    if (added != null && field == REQUEST_ID) {
      return added.idMember();
    }
    return added != null && field == ORDER ? added.orderMember() : field.path();
  }

  /** Whether everything is there that only an operator asks for. */
  boolean lacks(RequestFields fields) {
    return added != null && !missing(fields).isEmpty();
  }

  List<String> missing(RequestFields fields) {
    return added == null
        ? List.of()
        : added.members().stream()
            .filter(member -> !fields.hasAdded(added.members().indexOf(member)))
            .toList();
  }

  private static void row(
      Operation operation,
      List<RequestField> all,
      List<RequestField> oneOf,
      List<RequestField> ifThere) {
    List<RequestField> required =
        Stream.concat(Stream.of(APP_ID, MERCHANT_ID), all.stream()).toList();
    List<RequestField> formed =
        Stream.of(required, oneOf, ifThere).flatMap(List::stream).toList();
    ROWS.put(operation, new OperationRules(required, oneOf, formed, null));
  }

  private static List<RequestField> of(RequestField... fields) {
    return List.of(fields);
  }

  private static List<RequestField> original() {
    return of(ORIGINAL_ID, ORIGINAL_REQUEST_ID);
  }

  private static List<RequestField> none() {
    return List.of();
  }
}
