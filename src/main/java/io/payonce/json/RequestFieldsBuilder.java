package io.payonce.json;

import io.payonce.model.Amount;
import io.payonce.model.RequestFields;
import io.payonce.model.RequestFields.Unread;

/** The fields of a request while it is being read; a body and a query string name them alike. */
final class RequestFieldsBuilder {
  private final CanonicalJson form;
  private String appId;
  private String merchantId;
  private String transactionRequestId;
  private String transactionId;
  private String referenceOrderId;
  private String originalTransactionId;
  private String originalTransactionRequestId;
  private String terminalSn;
  private String channelCode;
  private String timeExpire;
  private Amount amount = Amount.UNSAID;
  private int unread;

  RequestFieldsBuilder() {
    this(CanonicalJson.NONE);
  }

  /** @param form takes what the request says, on the way */
  RequestFieldsBuilder(CanonicalJson form) {
    this.form = form;
  }

  CanonicalJson form() {
    return form;
  }

  /** True for a field whose text {@link #text} keeps. */
  static boolean isText(String name) {
    return switch (name) {
      case "appId",
          "merchantId",
          "transactionRequestId",
          "transactionId",
          "referenceOrderId",
          "originalTransactionId",
          "originalTransactionRequestId",
          "terminalSn",
          "channelCode",
          "timeExpire" -> true;
      default -> false;
    };
  }

  void text(String name, String value) {
    switch (name) {
      case "appId" -> appId = value;
      case "merchantId" -> merchantId = value;
      case "transactionRequestId" -> transactionRequestId = value;
      case "transactionId" -> transactionId = value;
      case "referenceOrderId" -> referenceOrderId = value;
      case "originalTransactionId" -> originalTransactionId = value;
      case "originalTransactionRequestId" -> originalTransactionRequestId = value;
      case "terminalSn" -> terminalSn = value;
      case "channelCode" -> channelCode = value;
      case "timeExpire" -> timeExpire = value;
      default -> throw new IllegalArgumentException("not a text field: " + name);
    }
  }

  void amount(Long orderAmount, String currency) {
    amount = new Amount(orderAmount, currency);
  }

  void unread(Unread field) {
    unread |= field.bit();
  }

  RequestFields fields() {
    return new RequestFields(
        appId,
        merchantId,
        transactionRequestId,
        transactionId,
        referenceOrderId,
        originalTransactionId,
        originalTransactionRequestId,
        terminalSn,
        channelCode,
        timeExpire,
        amount,
        unread);
  }
}
