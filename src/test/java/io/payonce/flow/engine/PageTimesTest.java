package io.payonce.flow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.model.ClosedPage;
import io.payonce.model.Reply;
import io.payonce.recovery.History;
import io.payonce.recovery.PageLife;
import io.payonce.recovery.Window;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTimesTest {
  private static final long SLACK = 5000;
  private static final long INTENT = 1_800_000_000_000L;
  private static final long LIFE = PageTimes.LIFE_MILLIS;
  private static final long WINDOW = Window.MILLIS;
  private static final PageTimes TIMES = new PageTimes(SLACK);

  @Test
  void a_page_lives_from_its_last_intent_for_half_an_hour_and_a_window() {
    PageTimes.Page page = page("1.1.0.sop", null, null);
    assertThat(TIMES.looksAt(page)).isEqualTo(INTENT + LIFE + SLACK);
    assertThat(TIMES.endsAt(page)).isEqualTo(INTENT + LIFE + SLACK + WINDOW);
    assertThat(TIMES.life(page, TIMES.endsAt(page) - 1)).isEqualTo(PageLife.LIVES);
    assertThat(TIMES.life(page, TIMES.endsAt(page))).isEqualTo(PageLife.OVER);
  }

  @Test
  void what_the_platform_says_of_its_end_counts() {
    long said = INTENT + 180_000;
    for (String form : new String[] {Instant.ofEpochMilli(said).toString(), "" + said}) {
      PageTimes.Page page = page("1.1.0.sop", answer(form), null);
      assertThat(TIMES.looksAt(page)).isEqualTo(said + SLACK);
      assertThat(TIMES.endsAt(page))
          .as("by a clock that may be late")
          .isEqualTo(said + SLACK + WINDOW);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "1970-01-01T00:00:00Z", "0", "2026-13-45T00:00:00Z", "-1"})
  void what_cannot_be_its_end_says_nothing(String expiresAt) {
    PageTimes.Page page = page("1.1.0.sop", answer(expiresAt), null);
    assertThat(TIMES.looksAt(page)).isEqualTo(INTENT + LIFE + SLACK);
  }

  @Test
  void a_send_that_may_still_come_in_opens_the_page_anew_whatever_was_said_before() {
    String said = Instant.ofEpochMilli(INTENT + 180_000).toString();
    PageTimes.Page page = page("1.2.1.sop", answer(said), null);
    assertThat(TIMES.endsAt(page)).isEqualTo(INTENT + LIFE + SLACK + WINDOW);
  }

  @Test
  void a_closed_page_is_shut_when_no_press_can_be_under_way() {
    PageTimes.Page page = page("1.1.0.sop", null, new ClosedPage(INTENT + 1000, null));
    assertThat(TIMES.life(page, INTENT + 1000 + SLACK - 1)).isEqualTo(PageLife.LIVES);
    assertThat(TIMES.life(page, INTENT + 1000 + SLACK)).isEqualTo(PageLife.SHUT);
  }

  @Test
  void a_page_that_has_handed_its_order_on_is_followed_until_it_would_have_expired() {
    PageTimes.Page page = page("1.1.0.sop", null, new ClosedPage(INTENT + 1000, "next"));
    assertThat(TIMES.life(page, INTENT + LIFE)).isEqualTo(PageLife.LIVES);
    assertThat(TIMES.life(page, INTENT + LIFE + SLACK)).isEqualTo(PageLife.SHUT);
  }

  private static PageTimes.Page page(String history, Reply answer, ClosedPage shut) {
    return new PageTimes.Page(INTENT, History.decode(history), answer, shut);
  }

  private static Reply answer(String expiresAt) {
    String json =
        "{\"code\":\"0\",\"data\":{\"sessionId\":\"cs_1\",\"expiresAt\":\"" + expiresAt + "\"}}";
    return Reply.json(json.getBytes(StandardCharsets.UTF_8));
  }
}
