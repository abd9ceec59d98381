package io.payonce.flow.engine;

import io.payonce.json.Rewrite;
import io.payonce.model.Operation;
import io.payonce.model.Reply;
import io.payonce.model.RequestFields;
import io.payonce.platform.PlatformRequest;
import java.util.List;
import java.util.Map;

/**
 * Makes the bytes that go to the platform and to the caller, under the caller's id or a reissued
 * one.
 */
public final class PlatformRequests {
  private static final List<Map.Entry<String, String>> JSON_ONLY =
      List.of(Map.entry("Content-Type", "application/json"));

  private PlatformRequests() {}

  /** The request of a worker that never saw the caller's headers. */
  static PlatformRequest message(Operation operation, byte[] body) {
    return new PlatformRequest(operation.method(), operation.path(), JSON_ONLY, body);
  }

  /** The caller's bytes; under a reissued id with that id in place of the caller's. */
  static PlatformRequest outgoing(UnsettledPayment work) {
    PlatformRequest first = work.request().message();
    if (work.attempt() == 1) {
      return first;
    }
    byte[] body = Rewrite.requestId(first.body(), work.platformId());
    return new PlatformRequest(first.method(), first.target(), first.headers(), body);
  }

  /** The platform's bytes; the caller sees only ids of its own in them. */
  public static Reply incoming(UnsettledPayment work, Reply reply) {
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
  public static PlatformRequest question(UnsettledPayment work) {
    return question(work.fields().appId(), work.id().merchantId(), work.platformId());
  }

  public static PlatformRequest question(String appId, String merchantId, String platformId) {
    return question(appId, merchantId, "transactionRequestId", platformId);
  }

  /** Asks for the transaction that a follow-up names by the platform's own id. */
  public static PlatformRequest questionByTransaction(RequestFields followUp) {
    return questionByTransaction(
        followUp.appId(), followUp.merchantId(), followUp.originalTransactionId());
  }

  /** Asks by the platform's own id of it. */
  public static PlatformRequest questionByTransaction(
      String appId, String merchantId, String transactionId) {
    return question(appId, merchantId, "transactionId", transactionId);
  }

  private static PlatformRequest question(String appId, String merchantId, String by, String id) {
    String target = Operation.QUERY.path() + "?appId=" + Percent.encode(appId) + "&merchantId="
        + Percent.encode(merchantId) + "&" + by + "=" + Percent.encode(id);
    return new PlatformRequest("GET", target, List.of(), new byte[0]);
  }
}
