package io.payonce.rule;

import io.payonce.model.RequestFields;
import io.payonce.model.RequestFields.Unread;
import java.util.function.Function;
import java.util.function.Predicate;

/** The fields the door knows: how to find each, and the form it must have. */
enum DoorField {
  APP_ID("appId", RequestFields::appId, DoorForm.NAME),
  MERCHANT_ID("merchantId", RequestFields::merchantId, DoorForm.MERCHANT),
  REQUEST_ID("transactionRequestId", RequestFields::transactionRequestId, DoorForm.REQUEST_ID),
  TRANSACTION_ID("transactionId", RequestFields::transactionId, DoorForm.TRANSACTION_ID),
  REFERENCE("referenceOrderId", RequestFields::referenceOrderId, DoorForm.REFERENCE),
  ORIGINAL_ID(
      "originalTransactionId", RequestFields::originalTransactionId, DoorForm.TRANSACTION_ID),
  ORIGINAL_REQUEST_ID(
      "originalTransactionRequestId",
      RequestFields::originalTransactionRequestId,
      DoorForm.REQUEST_ID),
  TERMINAL("terminalSn", RequestFields::terminalSn, DoorForm.NAME),
  CHANNEL("channelCode", RequestFields::channelCode, DoorForm.NAME),
  CURRENCY("amount.priceCurrency", fields -> fields.amount().currency(), DoorForm.CURRENCY),
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

  DoorField(String name, Function<RequestFields, String> value, DoorForm form) {
    this.name = name;
    this.present = fields -> value.apply(fields) != null;
    this.fits = fields -> form.fits(value.apply(fields));
    this.expected = form.expected();
  }

  DoorField(String name, Predicate<RequestFields> present) {
    this.name = name;
    this.present = present;
    this.fits = fields -> true;
    this.expected = "";
  }

  DoorField(String name, Unread unread) {
    this(name, fields -> fields.has(unread));
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
