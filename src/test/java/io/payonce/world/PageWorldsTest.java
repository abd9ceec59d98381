package io.payonce.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.port.Outbound;
import io.payonce.json.EnvelopeScan;
import io.payonce.model.Envelope;
import io.payonce.model.SessionPolicy;
import io.payonce.model.TransactionStatus;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Seeded worlds of one order with pages, sales, shoppers and callers: sends that are lost, late or
 * open a closed page anew, answers that are lost, presses under way when a page closes, lagging
 * queries, pods that die, voids of pages that are not paid yet. {@code -Dseed=} replays one.
 */
class PageWorldsTest {
  private static final int WORLDS = Integer.getInteger("worlds", 1500);
  private static final long MINUTE = 60_000;
  private static final List<String> IDS = List.of("A", "B", "C");

  private final Set<String> answeredPaid = new HashSet<>();
  private final Set<String> answeredUnpaid = new HashSet<>();
  private final Map<String, String> pages = new HashMap<>();
  private final Map<String, Long> voidedAt = new HashMap<>();
  private int callersExpiries;
  private boolean late;
  private String broken;
  private PageStreet world;
  private Chance chance;

  @Test
  void no_order_is_charged_twice_and_no_answer_is_wrong() {
    Long one = Long.getLong("seed");
    for (long seed = one == null ? 1 : one; seed <= (one == null ? WORLDS : one); seed++) {
      assertThat(live(seed)).as("-Dseed=%d", seed).isNull();
    }
  }

  /** Null, or what went wrong. */
  private String live(long seed) {
    answeredPaid.clear();
    answeredUnpaid.clear();
    pages.clear();
    voidedAt.clear();
    callersExpiries = 0;
    broken = null;
    chance = Chance.of(seed);
    world = new PageStreet(chance, chance.oneIn(4) ? SessionPolicy.REFUSE : SessionPolicy.REPLACE);
    world.trouble = chance.oneIn(3) ? 0 : 2 + chance.below(12);
    world.platform.lagMillis = chance.oneIn(2) ? 0 : 1 + chance.below(2000);
    world.platform.showsClosed = !chance.oneIn(5);
    world.platform.saysMore = chance.oneIn(6);
    world.nextSendLateMillis = chance.oneIn(3) ? 30_000 + chance.below(570_000) : 0;
    late = world.nextSendLateMillis > 0;
    long at = 0;
    for (int i = 1 + chance.below(6); i > 0; i--) {
      world.agenda.in(at, this::call);
      at += pause();
    }
    for (int i = chance.below(12); i > 0; i--) {
      world.agenda.in(1 + chance.below((int) at + 12 * (int) MINUTE), this::shop);
    }
    for (int i = 1 + chance.below(3); i > 0; i--) {
      world.agenda.in(chance.below((int) at + 60_000), this::crowd);
    }
    for (int i = chance.below(3); i > 0; i--) {
      world.agenda.in(chance.below((int) at + 60_000), chance.oneIn(2) ? this::rush : this::ghost);
    }
    for (long passed = 0; passed < at + 15 * MINUTE && broken == null; passed += 10_000) {
      world.run(10_000);
      check();
    }
    world.trouble = 0;
    world.run(100 * MINUTE);
    return broken == null ? last() : broken;
  }

  private int pause() {
    return switch (chance.below(4)) {
      case 0 -> chance.below(300);
      case 1 -> chance.below(20_000);
      case 2 -> chance.below(10 * (int) MINUTE);
      default -> chance.below(45 * (int) MINUTE);
    };
  }

  private void call() {
    int drawn = chance.below(9);
    String id = drawn == 0 ? "A" : IDS.get(chance.below(3));
    switch (drawn) {
      case 0, 1, 2, 3 -> world.page("page-" + id).onSuccess(out -> paged("page-" + id, out));
      case 4 -> world.sale("sale-" + id).onSuccess(out -> answered("sale-" + id, out));
      case 5, 6 -> world.query("page-" + id).onSuccess(out -> answered("page-" + id, out));
      case 7 -> undo(id);
      default -> expire(id);
    }
  }

  private void expire(String id) {
    callersExpiries++;
    world.expire("page-" + id);
  }

  private void undo(String id) {
    callersExpiries++;
    boolean shown = pages.containsKey("page-" + id);
    world.voidOf("void-" + id, "page-" + id).onSuccess(out -> undone("page-" + id, shown, out));
  }

  /** A shopper has just pressed, and it takes its time, when the order is wanted for something. */
  private void rush() {
    String id = IDS.get(chance.below(3));
    world.page("page-" + id).onSuccess(out -> paged("page-" + id, out));
    int pressed = 1000 + chance.below(9000);
    world.agenda.in(
        pressed,
        () -> world.platform.payments.values().stream()
            .filter(each -> each.isOpen(world.agenda.nowMillis()))
            .forEach(each -> world.platform.press(each, true, 1000 + chance.below(1500))));
    boolean closes = chance.oneIn(2);
    int wanted = pressed + 20 + chance.below(400);
    world.agenda.in(wanted, closes ? () -> expire(id) : this::rival);
    for (int i = 0; i < 3; i++) {
      world.agenda.in(wanted + 100 + chance.below(1500), () -> asked(id));
    }
    world.agenda.in(wanted + 100 + chance.below(1500), this::rival);
  }

  private void asked(String id) {
    world.query("page-" + id).onSuccess(out -> answered("page-" + id, out));
    world.page("page-" + id).onSuccess(out -> paged("page-" + id, out));
  }

  private void rival() {
    String id = IDS.get(chance.below(3));
    if (chance.oneIn(2)) {
      world.sale("sale-" + id).onSuccess(out -> answered("sale-" + id, out));
    } else {
      world.page("page-" + id).onSuccess(out -> paged("page-" + id, out));
    }
  }

  /** A send that is given up opens its page when something else has its order. */
  private void ghost() {
    String id = IDS.get(chance.below(3));
    int after = 20_000 + chance.below(60_000);
    world.nextSendLateMillis = after;
    late = true;
    world.page("page-" + id).onSuccess(out -> paged("page-" + id, out));
    int rivals = after / 2 + chance.below(after / 2);
    world.agenda.in(rivals, chance.oneIn(3) ? () -> undo(id) : this::rival);
    for (int i = 0; i < 4; i++) {
      world.agenda.in(after + 100 + chance.below(20_000), this::shop);
    }
  }

  /** Shopper, till and shop do things at once. */
  private void crowd() {
    world.agenda.in(chance.below(500), this::shop);
    for (int i = 1 + chance.below(5); i > 0; i--) {
      world.agenda.in(chance.below(4000), chance.oneIn(3) ? this::shop : this::call);
    }
  }

  /** A shopper finds a page open and presses. */
  private void shop() {
    List<PagePlatform.Payment> open = world.platform.payments.values().stream()
        .filter(each -> each.isOpen(world.agenda.nowMillis()))
        .toList();
    if (!open.isEmpty()) {
      int worked = 1 + chance.below(chance.oneIn(2) ? 200 : PagePlatform.PRESS_MILLIS);
      world.platform.press(open.get(chance.below(open.size())), !chance.oneIn(3), worked);
    }
  }

  private void paged(String id, Outbound out) {
    String body = new String(out.reply().body(), StandardCharsets.UTF_8);
    if (!body.contains("checkoutUrl")) {
      answered(id, out);
    } else if (!body.equals(pages.merge(id, body, (first, again) -> first))) {
      broken = id + " was told another page than before";
    }
  }

  /** Refused, because the page is unpaid or will not be paid any more. */
  private void undone(String page, boolean wasShown, Outbound out) {
    String code = EnvelopeScan.scan(out.reply().body()).code();
    if (out.source() == Outbound.Source.PLATFORM || !code.equals("C08") && !code.equals("C24")) {
      return;
    }
    voidedAt.putIfAbsent(page, world.agenda.nowMillis());
    if (code.equals("C24")) {
      answeredUnpaid.add(page);
    }
    PagePlatform.Payment shown = world.platform.payments.get(page);
    boolean quiet = world.trouble == 0 && !late && !world.platform.saysMore;
    if (quiet && wasShown && shown.isOpen(world.agenda.nowMillis())) {
      broken = page + " was voided and is open";
    }
  }

  private void answered(String id, Outbound out) {
    Envelope said = EnvelopeScan.scan(out.reply().body());
    if (said.code().equals("0") && said.status() == TransactionStatus.SUCCESS) {
      answeredPaid.add(id);
      if (!world.platform.everCharged.contains(id)) {
        broken = id + " is told as paid and is not";
      }
    }
    boolean no = said.status() == TransactionStatus.FAIL
        || said.status() == TransactionStatus.CLOSED
        || said.code().equals("C11");
    if (no) {
      answeredUnpaid.add(id);
    }
  }

  private void check() {
    String fault = world.sight.fault(false);
    if (broken == null && fault != null) {
      broken = fault;
    }
    if (world.platform.charges.size() > 1) {
      broken = "charged " + world.platform.charges;
    }
    voidedAt.forEach((id, at) -> {
      if (world.sentAt.getOrDefault(id, 0L) > at) {
        broken = id + " was sent after its void was refused";
      }
    });
    if (world.sessions == SessionPolicy.REFUSE
        && callersExpiries == 0
        && world.platform.expiries > 0) {
      broken = "a page was closed that nobody wanted closed";
    }
    answeredUnpaid.stream()
        .filter(world.platform.everCharged::contains)
        .forEach(id -> broken = id + " was told as unpaid and is charged");
  }

  private String last() {
    check();
    String unfinished = world.sight.unfinished();
    return broken != null ? broken : unfinished;
  }
}
