package io.payonce.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlatformReportsTest {
  private long now = 1_000_000;
  private final PlatformReports reports = new PlatformReports(() -> now);

  @Test
  void what_was_observed_here_is_known_here_at_once_and_reported_once() {
    assertThat(reports.sinceMillis("")).isEqualTo(PlatformReports.NEVER);
    reports.reported("");
    now += 700;
    assertThat(reports.sinceMillis("")).isEqualTo(700);
    assertThat(reports.sinceMillis("another account")).isEqualTo(PlatformReports.NEVER);
    assertThat(reports.news()).isEqualTo(Map.of("", 700L));
    assertThat(reports.news()).isEmpty();
  }

  @Test
  void what_could_not_be_reported_is_reported_the_next_time_as_old_as_it_is_then() {
    reports.reported("");
    Map<String, Long> news = reports.news();
    now += 1000;
    reports.unsent(news.keySet());
    assertThat(reports.news()).isEqualTo(Map.of("", 1000L));
  }

  @Test
  void what_another_pod_observed_counts_and_never_makes_ours_older() {
    reports.learned(Map.of("", 60_000L));
    assertThat(reports.sinceMillis("")).isEqualTo(60_000);
    assertThat(reports.news()).as("the others told us").isEmpty();
    reports.reported("");
    reports.learned(Map.of("", 50_000L));
    assertThat(reports.sinceMillis("")).isZero();
    reports.unsent(Set.of());
  }
}
