package io.payonce.world;

import io.payonce.json.EnvelopeScan;
import io.payonce.json.Malformed;
import io.payonce.json.RequestScan;
import io.payonce.model.Answer;
import io.payonce.model.Operation;
import io.payonce.model.Reply;
import io.payonce.model.RequestFields;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A platform with hosted pages and sales of one order and no guards of its own: presses that are
 * still worked on when their page closes, queries that lag, sends that come in late and open a
 * closed page anew.
 */
final class PagePlatform {
  static final long LIFE_MILLIS = 1_800_000;

  /** The longest that a press is worked on after its page has closed. */
  static final int PRESS_MILLIS = 2500;

  private record Moment(long atMillis, char status) {}

  /** A page, or a sale, which is not pressed. */
  static final class Payment {
    final String id;
    final boolean page;
    final List<Moment> moments = new ArrayList<>();
    long expiresAt;
    Long closedAt;
    boolean undone;
    int queries;

    Payment(String id, boolean page) {
      this.id = id;
      this.page = page;
    }

    char status() {
      return moments.get(moments.size() - 1).status;
    }

    boolean isOpen(long now) {
      return page && closedAt == null && now < expiresAt;
    }
  }

  private final Agenda agenda;
  final Map<String, Payment> payments = new TreeMap<>();
  /** What is paid and not taken back. */
  final List<String> charges = new ArrayList<>();

  final Set<String> everCharged = new TreeSet<>();

  /** Whether an unpaid page that has closed shows C, and not what it showed before. */
  boolean showsClosed = true;

  /** Whether it says EXPIRED of pages that it leaves open, which then do not show C. */
  boolean saysMore;

  /** Whether a late send of a page that has closed opens it anew. */
  boolean opensAnew = true;

  /** How often it was asked to close one. */
  int expiries;

  /** How far a query may lag. */
  int lagMillis;

  PagePlatform(Agenda agenda) {
    this.agenda = agenda;
  }

  /** What arrives is executed; the answer may be lost on its way. */
  Answer arrive(String path, byte[] body) {
    if (path.equals(Operation.EXPIRE_SESSION.path())) {
      String session =
          new String(body, StandardCharsets.UTF_8).replaceAll(".*cs_([^\"]+)\".*", "$1");
      return expire(payments.get(session));
    }
    RequestFields fields = fields(body);
    String id = fields.transactionRequestId();
    if (path.equals(Operation.VOID.path()) && !payments.containsKey(id)) {
      return undo(id, payments.get(fields.originalTransactionRequestId()));
    }
    boolean page = path.equals(Operation.CREATE_SESSION.path());
    Payment known = payments.get(id);
    if (known == null) {
      known = new Payment(id, page);
      payments.put(id, known);
      become(known, page ? 'I' : 'S');
      open(known);
    } else if (page && known.closedAt != null && opensAnew && known.status() != 'S') {
      known.closedAt = null;
      become(known, 'I');
      open(known);
    }
    return page ? session(known) : status(known, known.status());
  }

  /** A void takes back what was paid; of what is not (yet) paid it is refused. */
  private Answer undo(String id, Payment original) {
    if (original == null || original.status() != 'S' || original.undone) {
      return spoken("{\"code\":\"" + (original == null ? "C12" : "C24") + "\",\"msg\":\"m\"}");
    }
    original.undone = true;
    charges.remove(original.id);
    Payment made = new Payment(id, false);
    payments.put(id, made);
    made.moments.add(new Moment(agenda.nowMillis(), 'S'));
    return status(made, 'S');
  }

  private void open(Payment made) {
    if (made.page) {
      made.expiresAt = agenda.nowMillis() + LIFE_MILLIS;
      long until = made.expiresAt;
      agenda.in(LIFE_MILLIS, () -> {
        if (made.expiresAt == until) {
          close(made);
        }
      });
    }
  }

  private Answer expire(Payment page) {
    expiries++;
    if (page == null) {
      return spoken("{\"code\":\"C12\",\"msg\":\"m\"}");
    }
    if (page.status() == 'S') {
      return spoken("{\"code\":\"C24\",\"msg\":\"m\"}");
    }
    if (!saysMore) {
      close(page);
    }
    return spoken("{\"code\":\"0\",\"data\":{\"sessionId\":\"cs_" + page.id
        + "\",\"sessionStatus\":\"EXPIRED\",\"transactionRequestId\":\"" + page.id + "\"}}");
  }

  private void close(Payment page) {
    if (page.closedAt == null) {
      page.closedAt = agenda.nowMillis();
      if (showsClosed && page.status() != 'S') {
        become(page, 'C');
      }
    }
  }

  /** A shopper presses Pay, or is declined; it takes its time, also beyond the page's end. */
  void press(Payment page, boolean pays, long workedOnMillis) {
    if (!page.isOpen(agenda.nowMillis()) || page.status() == 'S' || page.status() == 'P') {
      return;
    }
    become(page, 'P');
    agenda.in(workedOnMillis, () -> {
      boolean counts = page.closedAt == null || agenda.nowMillis() <= page.closedAt + PRESS_MILLIS;
      if (counts && page.status() != 'S' && (pays || page.closedAt == null)) {
        become(page, pays ? 'S' : 'F');
      }
    });
  }

  private void become(Payment payment, char status) {
    payment.moments.add(new Moment(agenda.nowMillis(), status));
    if (status == 'S') {
      charges.add(payment.id);
      everCharged.add(payment.id);
    }
  }

  Answer query(String id, long lag) {
    Payment found = payments.get(id);
    if (found != null) {
      found.queries++;
    }
    long view = agenda.nowMillis() - lag;
    if (found == null || found.moments.get(0).atMillis > view) {
      return spoken("{\"code\":\"C12\",\"msg\":\"m\"}");
    }
    char status = 'I';
    for (Moment moment : found.moments) {
      status = moment.atMillis <= view ? moment.status : status;
    }
    return status(found, status);
  }

  private Answer session(Payment page) {
    return spoken("{\"code\":\"0\",\"data\":{\"sessionId\":\"cs_" + page.id
        + "\",\"checkoutUrl\":\"https://pay/" + page.id + "\",\"expiresAt\":\""
        + Instant.ofEpochMilli(page.expiresAt) + "\"}}");
  }

  private Answer status(Payment payment, char status) {
    return spoken("{\"code\":\"0\",\"data\":{\"transactionStatus\":\"" + status
        + "\",\"transactionId\":\"T-" + payment.id + "\",\"transactionRequestId\":\"" + payment.id
        + "\",\"referenceOrderId\":\"" + Requests.orderOf(payment.id)
        + (payment.undone ? "\",\"relatedTransactionStatus\":\"VOIDED" : "")
        + (status == 'F' ? "\",\"transactionResultCode\":\"051" : "")
        + "\",\"amount\":{\"orderAmount\":1000,\"priceCurrency\":\"USD\"}}}");
  }

  static Answer spoken(String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    return new Answer.Spoken(Reply.json(body), EnvelopeScan.scan(body), -1);
  }

  private static RequestFields fields(byte[] body) {
    try {
      return RequestScan.scan(Operation.SALE, body);
    } catch (Malformed e) {
      throw new IllegalStateException(e);
    }
  }
}
