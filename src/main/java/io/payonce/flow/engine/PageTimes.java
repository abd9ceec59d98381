package io.payonce.flow.engine;

import io.payonce.json.SessionAnswer;
import io.payonce.model.ClosedPage;
import io.payonce.model.Reply;
import io.payonce.recovery.History;
import io.payonce.recovery.PageLife;
import io.payonce.recovery.Window;
import java.time.Duration;

/** Computes the times in a hosted page's life, by the ledger's clock. */
public final class PageTimes {
  /** A page can be paid for 30 minutes (platform.md#hosted-pages). */
  public static final long LIFE_MILLIS = Duration.ofMinutes(30).toMillis();

  private final long slackMillis;

  /** @param slackMillis how long a press under way may still turn a closed page into a paid one */
  PageTimes(long slackMillis) {
    this.slackMillis = slackMillis;
  }

  /**
   * The facts that a page's times follow from.
   *
   * @param intentAtMillis when the intent of its last send was written
   * @param answer the platform's to create-session; null when there is none
   * @param shut null while it is not known to be closed
   */
  public record Page(long intentAtMillis, History history, Reply answer, ClosedPage shut) {}

  /** When a page without queries is looked at: it has expired, and its last press is over. */
  public long looksAt(Page page) {
    return expiresAt(page) + slackMillis;
  }

  /**
   * From then on it cannot be paid, whatever the platform's clock says: that is at most the window
   * behind, or it would have refused the send's timestamp (S02). A send that comes in late opens
   * the page at the end of its window, which is the same span.
   */
  long endsAt(Page page) {
    return looksAt(page) + Window.MILLIS;
  }

  /** From then on the platform's C is its last word; {@code Long.MAX_VALUE} while it is open. */
  long shutAt(Page page) {
    if (page.shut() == null) {
      return Long.MAX_VALUE;
    }
    long shut = page.shut().sinceMillis() + slackMillis;
    // Its order has another payment already, so there is time to see how it ends by itself.
    return page.shut().successor() == null ? shut : Math.max(shut, looksAt(page));
  }

  /**
   * Ages by clocks other than the ledger's.
   *
   * @param intentMillis since its last intent
   * @param shutMillis since it is known to be closed
   */
  public record Proof(long intentMillis, long shutMillis) {
    /** Where the ledger's clock alone is gone by. */
    static final Proof NOT_ASKED_FOR = new Proof(Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /** By the ledger's clock alone. */
  public PageLife life(Page page, long nowMillis) {
    return life(page, nowMillis, Proof.NOT_ASKED_FOR);
  }

  /** Only what all clocks agree on has come. */
  public PageLife life(Page page, long nowMillis, Proof proof) {
    long ends = endsAt(page);
    if (nowMillis >= ends && proof.intentMillis() >= ends - page.intentAtMillis()) {
      return PageLife.OVER;
    }
    boolean shut = nowMillis >= shutAt(page) && provenIn(page, proof) <= 0;
    return shut ? PageLife.SHUT : PageLife.LIVES;
  }

  /** How much longer the other clocks must run until they agree that a closed page is shut. */
  long provenIn(Page page, Proof proof) {
    long presses = slackMillis - proof.shutMillis();
    return page.shut().successor() == null
        ? presses
        : Math.max(presses, looksAt(page) - page.intentAtMillis() - proof.intentMillis());
  }

  private static long expiresAt(Page page) {
    SessionAnswer session =
        page.answer() == null ? null : SessionAnswer.scan(page.answer().body());
    Long said = session == null ? null : session.expiresAtMillis();
    boolean plausible = said != null && said > page.intentAtMillis() - Window.MILLIS;
    return plausible && page.history().noSendInDoubt() ? said : page.intentAtMillis() + LIFE_MILLIS;
  }
}
