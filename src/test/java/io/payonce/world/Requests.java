package io.payonce.world;

import io.payonce.flow.Calls;
import io.payonce.flow.port.Inbound;
import io.payonce.model.Operation;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The bytes that callers send. */
final class Requests {
  static final String MERCHANT = "m1";
  static final String ORDER = "order-1";

  /** What begins so has an order of its own. */
  static final String ALONE = "alone-";

  /** Enough for every repeat. */
  private static final long PATIENT_MILLIS = 60_000;

  private static final Map<String, byte[]> BODIES = new ConcurrentHashMap<>();

  private Requests() {}

  static String orderOf(String id) {
    return id.startsWith(ALONE) ? ORDER + id : ORDER;
  }

  static Inbound pay(Operation operation, String id, long amount, long wait, int call) {
    byte[] body = BODIES.computeIfAbsent(
        operation + " " + id + " " + amount, absent -> bytes(body(operation, id, amount)));
    return inbound(operation, null, body, wait, call);
  }

  /** The same, and the caller has a hook. */
  static Inbound hooked(Operation operation, String id, long amount, long wait, int call) {
    byte[] body = BODIES.computeIfAbsent(
        "hooked " + operation + " " + id + " " + amount,
        absent -> bytes(body(operation, id, amount)
            .replaceFirst("\\{", "{\"notifyUrl\":\"https://shop.example/hook\",")));
    return inbound(operation, null, body, wait, call);
  }

  static Inbound broken(Operation operation, Callers.Call call) {
    String body =
        body(operation, call.id(), call.amount()).replace("\"terminalSn\":\"t1\"", "\"x\":1");
    return inbound(operation, null, bytes(body), 0, call.number());
  }

  static Inbound query(Callers.Call call) {
    String which = call.name() == null
        ? "&transactionRequestId=" + call.id()
        : "&transactionId=" + call.name()
            + (call.twoIds() ? "&transactionRequestId=" + call.id() : "");
    return inbound(
        Operation.QUERY, "appId=a1&merchantId=" + MERCHANT + which, new byte[0], 0, call.number());
  }

  static Inbound expire(String id, int call) {
    byte[] body = bytes(head() + ",\"sessionId\":\"cs_" + id + "\"}");
    return inbound(Operation.EXPIRE_SESSION, null, body, PATIENT_MILLIS, call);
  }

  static Inbound voidOf(String id, String original, int call) {
    byte[] body =
        bytes(head() + ",\"terminalSn\":\"t1\",\"description\":\"d\",\"transactionRequestId\":\""
            + id + "\",\"originalTransactionRequestId\":\"" + original + "\"}");
    return inbound(Operation.VOID, null, body, 20_000, call);
  }

  static Inbound abort(Callers.Call call) {
    String which = call.name() == null
        ? ",\"originalTransactionRequestId\":\"" + call.id()
        : ",\"originalTransactionId\":\"" + call.name();
    byte[] body = BODIES.computeIfAbsent(
        which,
        absent -> bytes(head() + ",\"terminalSn\":\"t1\",\"description\":\"d\"" + which + "\"}"));
    return inbound(Operation.ABORT, null, body, PATIENT_MILLIS, call.number());
  }

  private static Inbound inbound(
      Operation operation, String query, byte[] body, long wait, int call) {
    return Calls.of(operation, query, body, wait, "call-" + call);
  }

  private static String body(Operation operation, String id, long amount) {
    String original = ",\"originalTransactionRequestId\":\"orig-1\"}";
    if (operation == Operation.TIP_ADJUST) {
      return head() + ",\"terminalSn\":\"t1\",\"tipAmount\":" + amount + original;
    }
    if (operation == Operation.VOID) {
      return head() + ",\"transactionRequestId\":\"" + id + "\",\"description\":\"d\""
          + ",\"terminalSn\":\"t1\"" + original;
    }
    return operation == Operation.REFUND
        ? head() + money(id, amount) + original
        : head() + money(id, amount) + ",\"referenceOrderId\":\"" + orderOf(id) + "\"}";
  }

  private static String head() {
    return "{\"appId\":\"a1\",\"merchantId\":\"" + MERCHANT + "\"";
  }

  private static String money(String id, long amount) {
    return ",\"transactionRequestId\":\"" + id + "\",\"amount\":{\"orderAmount\":" + amount
        + ",\"priceCurrency\":\"USD\"},\"description\":\"d\",\"terminalSn\":\"t1\"";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
