package io.payonce.validation;

import io.payonce.model.AddedOperation;
import io.payonce.model.RequestFields;
import io.payonce.model.RequestFields.Unread;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The fields that are validated: how to find each, and the form it must have. */
enum RequestField {
  APP_ID("appId", RequestFields::appId, FieldFormat.NAME),
  MERCHANT_ID("merchantId", RequestFields::merchantId, FieldFormat.MERCHANT),
  REQUEST_ID("transactionRequestId", RequestFields::transactionRequestId, FieldFormat.REQUEST_ID),
  TRANSACTION_ID("transactionId", RequestFields::transactionId, FieldFormat.TRANSACTION_ID),
  REFERENCE("referenceOrderId", RequestFields::referenceOrderId, FieldFormat.REFERENCE),
  /** The same where another member names it, of whose form nothing is documented. */
  ORDER("", RequestFields::referenceOrderId, FieldFormat.ORDER),
  ORIGINAL_ID(
      "originalTransactionId", RequestFields::originalTransactionId, FieldFormat.TRANSACTION_ID),
  ORIGINAL_REQUEST_ID(
      "originalTransactionRequestId",
      RequestFields::originalTransactionRequestId,
      FieldFormat.REQUEST_ID),
  TERMINAL("terminalSn", RequestFields::terminalSn, FieldFormat.NAME),
  CHANNEL("channelCode", RequestFields::channelCode, FieldFormat.NAME),
  CURRENCY("amount.priceCurrency", fields -> fields.amount().currency(), FieldFormat.CURRENCY),
  /** The scan has seen to it that it is a whole number, zero or more. */
  ORDER_AMOUNT("amount.orderAmount", fields -> fields.amount().orderAmount() != null),
  TIP_AMOUNT("tipAmount", Unread.TIP_AMOUNT),
  DESCRIPTION("description", Unread.DESCRIPTION),
  PAYMENT_METHOD("paymentMethod", Unread.PAYMENT_METHOD),
  /** Asked for only where a wallet pays. */
  CARD_DATA(
      "cardEncryptedData",
      fields -> fields.has(Unread.CARD_ENCRYPTED_DATA) || !fields.has(Unread.WALLET)),
  SESSION_ID("sessionId", Unread.SESSION_ID);

  private final String name;
  private final Predicate<RequestFields> present;
  private final Predicate<RequestFields> fits;
  private final String expected;

  RequestField(String name, Function<RequestFields, String> value, FieldFormat form) {
    this.name = name;
    this.present = fields -> value.apply(fields) != null;
    this.fits = fields -> form.fits(value.apply(fields));
    this.expected = form.expected();
  }

  RequestField(String name, Predicate<RequestFields> present) {
    this.name = name;
    this.present = present;
    this.fits = fields -> true;
    this.expected = "";
  }

  RequestField(String name, Unread unread) {
    this(name, fields -> fields.has(unread));
  }

  /** The field that an operator asks for by this name; empty for what is none to us. */
  static Optional<RequestField> at(AddedOperation operation, String path) {
    return operation.members().contains(path)
        ? Optional.empty()
        : Stream.of(values()).filter(field -> field.name.equals(path)).findFirst();
  }

  /** The field's path in a body. */
  String path() {
    return name;
  }

  boolean isIn(RequestFields fields) {
    return present.test(fields);
  }

  /** True when it is absent or has its form. */
  boolean fitsIn(RequestFields fields) {
    return !isIn(fields) || fits.test(fields);
  }

  /** The form it must have. */
  String expected() {
    return expected;
  }
}
