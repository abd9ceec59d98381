package io.payonce.admin;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.payonce.ledger.Cursor;
import io.payonce.model.PaymentId;
import io.payonce.outcome.Outbox;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notifications that no caller has taken: what operators see of them, and sending them again. */
final class UndeliveredApi {
  private static final Logger LOG = LoggerFactory.getLogger(UndeliveredApi.class);

  private final Outbox outbox;
  private final Consumer<PaymentId> changed;

  /** @param changed is given each payment whose notification is due now */
  UndeliveredApi(Outbox outbox, Consumer<PaymentId> changed) {
    this.outbox = outbox;
    this.changed = changed;
  }

  Future<AdminResponse> list(MultiMap query) {
    Cursor from = AdminApi.cursor(query.get("cursor"));
    return outbox
        .undelivered(from, AdminApi.limit(query.get("limit")))
        .map(page -> AdminResponse.json(200, Rows.of(page)));
  }

  /** @param name as the list has it */
  Future<AdminResponse> deliver(String name, Operator visitor) {
    PaymentId id = id(name);
    return outbox
        .redeliver(id, visitor.name() + " sends the notification again")
        .map(redelivery -> {
          if (redelivery != Outbox.Redelivery.UNKNOWN) { // then the id is invented
            LOG.info("notification sent again: {}, by {}, {}", id, visitor.name(), redelivery);
          }
          return switch (redelivery) {
            case DUE -> due(id, "it is sent again now");
            case PENDING -> due(id, "a later notification of this payment is on its way");
            case UNKNOWN ->
              AdminResponse.error(404, "nothing of this payment is undelivered any more");
          };
        });
  }

  private AdminResponse due(PaymentId id, String because) {
    changed.accept(id);
    return AdminResponse.json(200, new Sent(because));
  }

  private record Sent(String because) {}

  private static String name(PaymentId id) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(id.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static PaymentId id(String name) {
    try {
      return PaymentId.parse(
          new String(Base64.getUrlDecoder().decode(name), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException strange) {
      throw new IllegalArgumentException("the id must come from GET /admin/undelivered");
    }
  }

  /** @param next the cursor of the page after; null on the last one */
  private record Rows(long total, List<Row> items, String next) {
    static Rows of(Outbox.UndeliveredPage page) {
      return new Rows(
          page.total(),
          page.items().stream().map(Row::of).toList(),
          page.next() == null ? null : page.next().toString());
    }
  }

  /**
   * @param since when there was something to tell
   * @param host null when the URL cannot be read; nothing else of it is shown
   */
  private record Row(
      String id,
      @JsonUnwrapped PaymentView.Name name,
      String since,
      String givenUpAt,
      int tries,
      String error,
      String host) {
    static Row of(Outbox.Undelivered of) {
      return new Row(
          UndeliveredApi.name(of.id()),
          PaymentView.Name.of(of.id()),
          PaymentJson.iso(of.atMillis()),
          PaymentJson.iso(of.givenUpAtMillis()),
          of.tries(),
          of.why(),
          of.host());
    }
  }
}
