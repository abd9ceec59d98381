package io.payonce.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What 1,000 payments at terminals cost in queries, and how late their end is known, in virtual
 * time: customers pay 5 to 60 s after the terminal asked them. Prints a row for each way that
 * reports come.
 */
class OpenLoadTest {
  private static final int PAYMENTS = Integer.getInteger("payments", 1000);

  private static final long DAY_END = Agenda.DAWN_MILLIS + 3_600_000;

  /**
   * @param queries a payment, on average
   * @param late how late the ends were known, in order
   */
  private record Row(double queries, long[] late) {
    double percentile(int percent) {
      return late[Math.min(late.length - 1, late.length * percent / 100)] / 1000.0;
    }

    double worst() {
      return late[late.length - 1] / 1000.0;
    }
  }

  private static Row row(String reports, boolean ours, int lostPercent) {
    Chance chance = Chance.of(7);
    TerminalStreet world = new TerminalStreet(chance, ours, lostPercent);
    for (int i = 0; i < PAYMENTS; i++) {
      String id = Requests.ALONE + i;
      long pays = 5000 + chance.below(55_001);
      world.agenda.in(100L * i, () -> world.sale(id, pays));
    }
    while (world.lateMillis.size() < PAYMENTS && world.agenda.step(DAY_END)) {}
    assertThat(world.lateMillis).as("each has ended").hasSize(PAYMENTS);
    Row row = new Row(sum(world.queries) / (double) PAYMENTS, sorted(world.lateMillis.values()));
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f | %.1f s | %.1f s | %.1f s |%n",
        reports,
        row.queries,
        row.percentile(50),
        row.percentile(95),
        row.worst());
    return row;
  }

  private static int sum(Map<String, Integer> queries) {
    return queries.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static long[] sorted(Collection<Long> late) {
    return late.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  @Test
  void while_reports_arrive_few_payments_are_asked_about_and_all_ends_are_known() {
    System.out.println("| reports | queries a payment | known late: half | 95 % | all |");
    Row before = row("go past us", false, 100);
    Row all = row("all arrive", true, 0);
    Row some = row("10 % are lost", true, 10);
    Row none = row("all are lost", true, 100);
    assertThat(all.queries).isLessThan(0.5).isLessThan(before.queries / 10);
    assertThat(all.worst()).as("known within a second").isLessThan(1);
    assertThat(some.queries).isLessThan(before.queries / 5);
    assertThat(some.percentile(50)).isLessThan(1);
    assertThat(some.worst()).as("what is lost is noticed all the same").isLessThan(180);
    assertThat(none.queries)
        .as("today's pace")
        .isBetween(before.queries * 0.9, before.queries * 1.1);
  }
}
