package io.payonce.admin;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.payonce.flow.operator.ResolveRequest;
import io.payonce.flow.operator.Resolved;
import io.payonce.http.server.TraceIds;
import io.payonce.ledger.Cursor;
import io.payonce.ledger.Dossier;
import io.payonce.ledger.LedgerAdmin.Listing;
import io.payonce.ledger.LedgerAdmin.Page;
import io.payonce.ledger.Outcome;
import io.payonce.model.PaymentId;
import io.payonce.model.Scope;
import io.payonce.telemetry.CallObserver;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Answers what operators ask of the ledger, and does what they decide: HTTP in, JSON out. */
final class AdminApi {
  private static final Logger LOG = LoggerFactory.getLogger(AdminApi.class);

  private static final int DEFAULT_LIMIT = 50;

  /** Each line is a call to Redis; an operator reads no more at once. */
  private static final int MOST_LIMIT = 200;

  /** Fifty questions of ten seconds each at this many a time end within the port's idle time. */
  private static final int HANDS = 8;

  private final AdminComponents parts;

  AdminApi(AdminComponents parts) {
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

  Future<AdminResponse> payment(PaymentId id) {
    return parts
        .decisions()
        .inspections()
        .get()
        .inspect(id)
        .map(found -> found
            .map(inspection -> AdminResponse.json(200, PaymentJson.whole(inspection)))
            .orElseGet(AdminApi::unknown));
  }

  Future<AdminResponse> list(Listing listing, MultiMap query) {
    return parts
        .ledgerAdmin()
        .page(listing, cursor(query.get("cursor")), limit(query.get("limit")))
        .map(page -> AdminResponse.json(200, Rows.of(page)));
  }

  /** The payments of an order, or the one that the platform calls so. */
  Future<AdminResponse> find(MultiMap query) {
    String order = query.get("order");
    String transaction = query.get("transactionId");
    String merchant = query.get("merchantId");
    if (merchant == null || merchant.isEmpty() || isGiven(order) == isGiven(transaction)) {
      throw new IllegalArgumentException(
          "give \"merchantId\" and one of \"order\" and \"transactionId\"");
    }
    PaymentId any = id(merchant, "", query.get("appId"));
    Future<List<Dossier>> found = isGiven(order)
        ? parts.finds().ofOrder(any, order)
        : parts.finds().ofTransaction(any, transaction);
    return found.map(all -> AdminResponse.json(200, Rows.of(new Page(all, null, all.size()))));
  }

  private static boolean isGiven(String text) {
    return text != null && !text.isEmpty();
  }

  Future<AdminResponse> resolve(PaymentId id, Buffer body, Operator visitor) {
    return resolve(ResolveBody.read(id, body, visitor.name(), TraceIds.fresh()));
  }

  private Future<AdminResponse> resolve(ResolveRequest request) {
    ResolveRequest.Decision said = request.decision();
    return parts.decisions().resolutions().get().resolve(request).map(resolved -> {
      logDecision(said.traceId(), request.id(), said.by(), "says " + said.word(), resolved);
      return answer(resolved);
    });
  }

  /** Asks the platform, and tells how the payment stands then. */
  Future<AdminResponse> ask(PaymentId id, Operator visitor) {
    String trace = TraceIds.fresh();
    return parts.decisions().questions().get().ask(id, visitor.name()).compose(resolved -> {
      logDecision(trace, id, visitor.name(), "asks the platform", resolved);
      return resolved instanceof Resolved.Done
          ? payment(id)
          : Future.succeededFuture(answer(resolved));
    });
  }

  private static void logDecision(
      String trace, PaymentId id, String by, String what, Resolved resolved) {
    MDC.put(CallObserver.TRACE_ID, trace);
    LOG.warn("operator decided: {}, {} {}: {}", id, by, what, words(resolved));
    MDC.remove(CallObserver.TRACE_ID);
  }

  /** One decision on several payments; each is answered for itself. */
  Future<AdminResponse> resolveAll(Buffer body, Operator visitor) {
    Buffer rest = Selection.rest(body);
    List<ResolveRequest> requests = ids(body).stream()
        .map(id -> ResolveBody.read(id, rest, visitor.name(), TraceIds.fresh()))
        .toList();
    return each(requests, ResolveRequest::id, this::resolve);
  }

  Future<AdminResponse> askAll(Buffer body, Operator visitor) {
    return each(ids(body), Function.identity(), id -> ask(id, visitor));
  }

  private List<PaymentId> ids(Buffer body) {
    return Selection.read(body).stream()
        .map(row -> id(row.merchantId(), row.requestId(), row.appId()))
        .toList();
  }

  /** A few at a time: what an operator chose on a page is no burst for the platform. */
  private static <T> Future<AdminResponse> each(
      List<T> chosen, Function<T, PaymentId> id, Function<T, Future<AdminResponse>> act) {
    Result[] results = new Result[chosen.size()];
    List<Future<Void>> hands = new ArrayList<>();
    for (int hand = 0; hand < Math.min(HANDS, chosen.size()); hand++) {
      Future<Void> all = Future.succeededFuture();
      for (int i = hand; i < chosen.size(); i += HANDS) {
        int at = i;
        all = all.compose(done -> act.apply(chosen.get(at)).otherwise(AdminVerticle::failed))
            .map(answer -> {
              results[at] = Result.of(id.apply(chosen.get(at)), answer);
              return null;
            });
      }
      hands.add(all);
    }
    return Future.join(hands)
        .map(done -> AdminResponse.json(200, new Results(Arrays.asList(results))));
  }

  private record Results(List<Result> results) {}

  /** @param body what the same would have been answered by itself */
  private record Result(
      @JsonUnwrapped PaymentView.Name name,
      int status,
      @JsonRawValue String body) {
    static Result of(PaymentId id, AdminResponse answer) {
      return new Result(PaymentView.Name.of(id), answer.status(), answer.body().toString());
    }
  }

  private static String words(Resolved resolved) {
    if (resolved instanceof Resolved.Done done) {
      return "done, " + done.because();
    }
    return resolved instanceof Resolved.Refused refused
        ? "refused, " + refused.because()
        : "there is no such payment";
  }

  private static AdminResponse answer(Resolved resolved) {
    if (resolved instanceof Resolved.Done done) {
      return AdminResponse.json(200, new Decided(word(done.outcome()), done.because()));
    }
    return resolved instanceof Resolved.Refused refused
        ? AdminResponse.json(
            409,
            new Refusal(
                refused.because(),
                word(refused.outcome()),
                PaymentJson.iso(refused.retryAtMillis())))
        : unknown();
  }

  /** @param outcome null where it has not ended by that */
  private record Decided(String outcome, String because) {}

  private record Refusal(String error, String outcome, String retryAt) {}

  private static String word(Outcome outcome) {
    return outcome == null ? null : outcome.word();
  }

  /** @param next the cursor of the page after; null on the last one */
  private record Rows(long total, List<PaymentView.Row> items, String next) {
    static Rows of(Page page) {
      return new Rows(
          page.total(),
          page.items().stream().map(PaymentJson::row).toList(),
          page.next() == null ? null : page.next().toString());
    }
  }

  private static AdminResponse unknown() {
    return AdminResponse.error(
        404, "the ledger knows no such payment: never begun, or forgotten after its retention");
  }

  static Cursor cursor(String text) {
    try {
      return text == null || text.isEmpty() ? Cursor.START : Cursor.parse(text);
    } catch (IllegalArgumentException strange) {
      throw new IllegalArgumentException("\"cursor\" must come from the page before");
    }
  }

  static int limit(String text) {
    if (text == null) {
      return DEFAULT_LIMIT;
    }
    if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < 1) {
      throw new IllegalArgumentException("\"limit\" must be a number from 1 to " + MOST_LIMIT);
    }
    return Math.min(MOST_LIMIT, Integer.parseInt(text));
  }
}
