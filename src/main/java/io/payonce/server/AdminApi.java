package io.payonce.server;

import io.payonce.flow.Resolved;
import io.payonce.flow.Wish;
import io.payonce.ledger.Cursor;
import io.payonce.ledger.Desk.Listing;
import io.payonce.ledger.Page;
import io.payonce.model.PaymentId;
import io.payonce.model.Scope;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What people ask of the ledger, and decide: HTTP in, JSON out. */
final class AdminApi {
  private static final Logger LOG = LoggerFactory.getLogger(AdminApi.class);

  private static final int DEFAULT_LIMIT = 50;

  /** Each line is a call to Redis; a person reads no more at once. */
  private static final int MOST_LIMIT = 200;

  private final DeskAssembly parts;

  AdminApi(DeskAssembly parts) {
    this.parts = parts;
  }

  /** @param appId null where the caller named none */
  PaymentId id(String merchantId, String requestId, String appId) {
    boolean named = appId != null && !appId.isEmpty();
    if (parts.scope() == Scope.APP && !named) {
      throw new IllegalArgumentException("orders.scope is app: add ?appId=, whose ids are its own");
    }
    return new PaymentId(parts.scope().owner(merchantId, appId), requestId);
  }

  Future<OpsAnswer> payment(PaymentId id) {
    return parts
        .inspections()
        .get()
        .inspect(id)
        .map(found -> found
            .map(inspection -> OpsAnswer.json(200, PaymentJson.whole(inspection)))
            .orElseGet(AdminApi::unknown));
  }

  Future<OpsAnswer> list(Listing listing, MultiMap query) {
    return parts
        .desk()
        .page(listing, cursor(query.get("cursor")), limit(query.get("limit")))
        .map(page -> OpsAnswer.json(200, json(page)));
  }

  Future<OpsAnswer> resolve(PaymentId id, Buffer body, Visitor visitor) {
    Wish wish = ResolveBody.read(id, body, visitor.name(), Traces.fresh());
    return parts.resolutions().get().resolve(wish).map(resolved -> {
      MDC.put(Watch.TRACE_ID, wish.traceId());
      LOG.warn("{}: {} says {}: {}", id, wish.by(), wish.word(), told(resolved));
      MDC.remove(Watch.TRACE_ID);
      return answer(resolved);
    });
  }

  private static String told(Resolved resolved) {
    if (resolved instanceof Resolved.Done done) {
      return "done, " + done.because();
    }
    return resolved instanceof Resolved.Refused refused
        ? "refused, " + refused.because()
        : "there is no such payment";
  }

  private static OpsAnswer answer(Resolved resolved) {
    if (resolved instanceof Resolved.Done done) {
      return OpsAnswer.json(
          200,
          new JsonObject()
              .put("outcome", done.outcome() == null ? null : done.outcome().word())
              .put("because", done.because()));
    }
    return resolved instanceof Resolved.Refused refused
        ? OpsAnswer.json(409, json(refused))
        : unknown();
  }

  private static JsonObject json(Resolved.Refused refused) {
    return new JsonObject()
        .put("error", refused.because())
        .put("outcome", refused.outcome() == null ? null : refused.outcome().word())
        .put("retryAt", PaymentJson.iso(refused.retryAtMillis()));
  }

  private static JsonObject json(Page page) {
    JsonArray items = new JsonArray();
    page.items().forEach(dossier -> items.add(PaymentJson.row(dossier)));
    return new JsonObject()
        .put("total", page.total())
        .put("items", items)
        .put("next", page.next() == null ? null : page.next().toString());
  }

  private static OpsAnswer unknown() {
    return OpsAnswer.error(
        404, "the ledger knows no such payment: never begun, or forgotten after its retention");
  }

  private static Cursor cursor(String text) {
    try {
      return text == null || text.isEmpty() ? Cursor.START : Cursor.parse(text);
    } catch (IllegalArgumentException strange) {
      throw new IllegalArgumentException("\"cursor\" must come from the page before");
    }
  }

  private static int limit(String text) {
    if (text == null) {
      return DEFAULT_LIMIT;
    }
    if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < 1) {
      throw new IllegalArgumentException("\"limit\" must be a number from 1 to " + MOST_LIMIT);
    }
    return Math.min(MOST_LIMIT, Integer.parseInt(text));
  }
}
