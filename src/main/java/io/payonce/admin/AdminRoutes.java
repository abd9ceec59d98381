package io.payonce.admin;

import io.payonce.codes.CodeTable;
import io.payonce.ledger.LedgerAdmin.Listing;
import io.payonce.model.PaymentId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** Finds what answers a path of the admin port. */
public final class AdminRoutes {
  private static final String PAYMENTS = "/admin/payments/";
  private static final String UNDELIVERED = "/admin/undelivered/";

  private final AdminApi api;
  private final OutcomeApi outcomes;
  private final UndeliveredApi undelivered;
  private final OpsPage page;
  private final Figures figures;

  /** Shows this process itself: health, metrics, figures. */
  interface Figures {
    AdminResponse live();

    AdminResponse ready();

    /** @param accept what whoever asks can read, null if it does not say */
    Future<AdminResponse> metrics(String accept);

    Future<AdminResponse> stats(Operator visitor);
  }

  AdminRoutes(
      AdminApi api,
      OutcomeApi outcomes,
      UndeliveredApi undelivered,
      OpsPage page,
      Figures figures) {
    this.api = api;
    this.outcomes = outcomes;
    this.undelivered = undelivered;
    this.page = page;
    this.figures = figures;
  }

  /** One path: the method it takes, and what answers. */
  record Route(String method, Function<Buffer, Future<AdminResponse>> answer) {
    boolean accepts(String verb) {
      return method.equals(verb) || method.equals("GET") && verb.equals("HEAD");
    }
  }

  static boolean isHealth(String path) {
    return path.equals("/health/live") || path.equals("/health/ready");
  }

  /** True for what shows nothing that is not public in the program itself. */
  boolean isPublic(String path) {
    return isHealth(path) || page.file(path) != null;
  }

  /** Null when there is nothing at the path. */
  Route at(HttpServerRequest request, Operator visitor) {
    String path = request.path();
    if (page.file(path) != null) {
      return get(() -> Future.succeededFuture(page.file(path)));
    }
    return switch (path) {
      case "/health/live" -> get(() -> Future.succeededFuture(figures.live()));
      case "/health/ready" -> get(() -> Future.succeededFuture(figures.ready()));
      case "/metrics" -> get(() -> figures.metrics(request.getHeader("Accept")));
      case "/admin/stats" -> get(() -> figures.stats(visitor));
      case "/admin/codes" ->
        get(() -> Future.succeededFuture(AdminResponse.json(200, CodeTable.entries())));
      case "/admin/unresolved" -> get(() -> api.list(Listing.UNRESOLVED, request.params()));
      case "/admin/find" -> get(() -> api.find(request.params()));
      case "/admin/outcomes" -> get(() -> outcomes.read(request.params()));
      case "/admin/undelivered" -> get(() -> undelivered.list(request.params()));
      case "/admin/ask" -> post(body -> api.askAll(body, visitor));
      case "/admin/resolve" -> post(body -> api.resolveAll(body, visitor));
      case "/admin/attention" -> get(() -> api.list(Listing.ATTENTION, request.params()));
      default ->
        path.startsWith(PAYMENTS)
            ? payment(path.substring(PAYMENTS.length()), request, visitor)
            : path.startsWith(UNDELIVERED)
                ? undelivered(path.substring(UNDELIVERED.length()), visitor)
                : null;
    };
  }

  private Route undelivered(String rest, Operator visitor) {
    int slash = rest.indexOf('/');
    return switch (rest.substring(slash + 1)) {
      case "deliver" ->
        post(body -> undelivered.deliver(rest.substring(0, Math.max(0, slash)), visitor));
      default -> null;
    };
  }

  private Route payment(String rest, HttpServerRequest request, Operator visitor) {
    String[] parts = rest.split("/", -1);
    if (parts.length < 2 || parts.length > 3 || parts[0].isEmpty() || parts[1].isEmpty()) {
      return null;
    }
    String appId = request.getParam("appId");
    return switch (parts.length == 2 ? "" : parts[2]) {
      case "" -> parts.length == 2 ? get(() -> api.payment(id(parts, appId))) : null;
      case "resolve" -> post(body -> api.resolve(id(parts, appId), body, visitor));
      case "ask" -> post(body -> api.ask(id(parts, appId), visitor));
      default -> null;
    };
  }

  private static Route post(Function<Buffer, Future<AdminResponse>> answer) {
    return new Route("POST", answer);
  }

  private static Route get(java.util.function.Supplier<Future<AdminResponse>> answer) {
    return new Route("GET", body -> answer.get());
  }

  private PaymentId id(String[] parts, String appId) {
    return api.id(decoded(parts[0]), decoded(parts[1]), appId);
  }

  private static String decoded(String segment) {
    String name = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a payment's name has no control characters");
    }
    return name;
  }

  static AdminResponse nothing() {
    return AdminResponse.error(404, "nothing here");
  }
}
