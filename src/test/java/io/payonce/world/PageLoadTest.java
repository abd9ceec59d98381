package io.payonce.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.Payment;
import io.payonce.model.SessionPolicy;
import java.util.IntSummaryStatistics;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What hosted pages cost that are made ten a second and mostly left alone, in virtual time: 600 of
 * them, {@code -Dpages=36000} for an hour's worth. Prints how often each was asked about.
 */
class PageLoadTest {
  private static final int PAGES = Integer.getInteger("pages", 600);
  private static final long MINUTE = 60_000;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void at_ten_pages_a_second_seven_of_ten_abandoned_each_costs_three_queries_at_most(
      boolean showsClosed) {
    Chance chance = Chance.of(1);
    PageStreet world = new PageStreet(chance, SessionPolicy.REPLACE);
    world.platform.showsClosed = showsClosed;
    world.platform.lagMillis = 1000;
    for (int i = 0; i < PAGES; i++) {
      String id = Requests.ALONE + i;
      world.agenda.in(100L * i, () -> world.page(id).onSuccess(made -> shop(world, id, chance)));
    }
    world.run(100L * PAGES + 90 * MINUTE);
    IntSummaryStatistics queries =
        IntStream.range(0, PAGES).map(i -> world.queries(Requests.ALONE + i)).summaryStatistics();
    System.out.printf(
        "%d pages, 10 a second, 70 %% abandoned, closed ones %s: %.2f queries a page, at most %d%n",
        PAGES, showsClosed ? "show C" : "show no C", queries.getAverage(), queries.getMax());
    assertThat(queries.getMax()).isLessThanOrEqualTo(3);
    assertThat(world.sight.unfinished()).isNull();
    long paid = IntStream.range(0, PAGES)
        .mapToObj(i -> world.payment(Requests.ALONE + i))
        .filter(Payment::isEnded)
        .filter(payment -> payment.outcome().name().equals("PAID"))
        .count();
    assertThat(paid).isEqualTo(world.platform.charges.size()).isPositive();
  }

  /** Three of ten shoppers press within five minutes; a third of those are declined first. */
  private static void shop(PageStreet world, String id, Chance chance) {
    if (chance.below(10) < 3) {
      long after = 5000 + chance.below(300_000);
      world.agenda.in(after, () -> world.platform.press(world.shown(id), !chance.oneIn(3), 900));
      world.agenda.in(after + 20_000, () -> world.platform.press(world.shown(id), true, 900));
    }
  }
}
