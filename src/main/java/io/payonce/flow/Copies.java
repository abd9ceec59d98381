package io.payonce.flow;

import io.payonce.json.Rewrite;
import io.payonce.model.Operation;
import io.payonce.model.Reply;
import io.payonce.model.RequestFields;
import io.payonce.platform.Message;
import java.util.List;
import java.util.Map;

/** The bytes that go out and come back, under the caller's id or a derived one. */
final class Copies {
  private static final List<Map.Entry<String, String>> JSON_ONLY =
      List.of(Map.entry("Content-Type", "application/json"));

  private Copies() {}

  /** The copy a worker sends that never saw the caller's headers. */
  static Message message(Operation operation, byte[] body) {
    return new Message(operation.method(), operation.path(), JSON_ONLY, body);
  }

  /** The caller's bytes; under a derived id with that id in place of the caller's. */
  static Message outgoing(Work work) {
    if (work.attempt() == 1) {
      return work.message();
    }
    byte[] body = Rewrite.requestId(work.message().body(), work.platformId());
    return new Message(
        work.message().method(), work.message().target(), work.message().headers(), body);
  }

  /** The platform's bytes; the caller sees only ids of its own in them. */
  static Reply incoming(Work work, Reply reply) {
    byte[] body = reply.body();
    if (work.attempt() > 1) {
      body = Rewrite.requestId(body, work.id().requestId());
    }
    if (work.callersOriginal() != null) {
      body = Rewrite.originalRequestId(body, work.callersOriginal());
    }
    return body == reply.body() ? reply : new Reply(reply.contentType(), body);
  }

  /** Asks how the payment's current attempt stands (platform.md#query). */
  static Message question(Work work) {
    return question(work.fields().appId(), work.id().merchantId(), work.platformId());
  }

  static Message question(String appId, String merchantId, String platformId) {
    return question(appId, merchantId, "transactionRequestId", platformId);
  }

  /** Asks for the transaction that a follow-up names by the platform's own id. */
  static Message questionByTransaction(RequestFields followUp) {
    return question(
        followUp.appId(), followUp.merchantId(), "transactionId", followUp.originalTransactionId());
  }

  private static Message question(String appId, String merchantId, String by, String id) {
    String target = Operation.QUERY.path() + "?appId=" + Percent.encode(appId) + "&merchantId="
        + Percent.encode(merchantId) + "&" + by + "=" + Percent.encode(id);
    return new Message("GET", target, List.of(), new byte[0]);
  }
}
