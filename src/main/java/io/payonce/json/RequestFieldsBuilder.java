package io.payonce.json;

import io.payonce.model.AddedOperation;
import io.payonce.model.Amount;
import io.payonce.model.Operation;
import io.payonce.model.Operation.OrderKey;
import io.payonce.model.RequestFields;
import io.payonce.model.RequestFields.Unread;
import java.util.List;

/** The fields of a request while it is being read; a body and a query string name them alike. */
final class RequestFieldsBuilder {
  /** The name of no field: what a member means that is another's here. */
  private static final String NOTHING = "";

  private final CanonicalJson form;
  /** Null for what this program was written with. */
  private final AddedOperation added;

  private final List<String> members;

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

  RequestFieldsBuilder(Operation operation) {
    this(operation, CanonicalJson.NONE);
  }

  /** @param form takes what the request says, on the way */
  RequestFieldsBuilder(Operation operation, CanonicalJson form) {
    this.form = form;
    this.added = operation.added();
    this.members = operation.members();
  }

  boolean isAdded() {
    return added != null;
  }

  /** Which field the member of a body is: its name says it, unless an operator says otherwise. */
  String meaning(String member) {
    if (added == null) {
      return member;
    }
    if (member.equals(added.idMember())) {
      return AddedOperation.REQUEST_ID;
    }
    boolean named = added.orderKey() == OrderKey.REFERENCE;
    if (named && member.equals(added.orderMember())) {
      return AddedOperation.REFERENCE_ID;
    }
    boolean displaced = member.equals(AddedOperation.REQUEST_ID)
        || named && member.equals(AddedOperation.REFERENCE_ID);
    return displaced ? NOTHING : member;
  }

  /** True where an operator says that the member names the payment, or its order. */
  boolean names(String member) {
    String meaning = meaning(member);
    return !meaning.equals(member) && !meaning.equals(NOTHING);
  }

  /** There is such a member, and it is not null. */
  void saw(String member, boolean empty) {
    int index = empty ? -1 : members.indexOf(member);
    if (index >= 0) {
      unread |= RequestFields.addedBit(index);
    }
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
