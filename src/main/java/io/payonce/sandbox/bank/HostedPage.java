package io.payonce.sandbox.bank;

import io.payonce.sandbox.request.SandboxSettings;

/**
 * The page on which a shopper pays a session. A declined shopper may press again while the page
 * lives; a press that was under way when the page closed may still pay for a moment.
 */
public final class HostedPage {

  /** Acts of the shopper. */
  public enum Press {
    PAY,
    DECLINE,
    /** Goes away; nothing is pressed. */
    ABANDON;

    public static Press of(String word) {
      for (Press press : values()) {
        if (press.name().equalsIgnoreCase(word)) {
          return press;
        }
      }
      throw new IllegalArgumentException("as must be pay, decline or abandon");
    }
  }

  final String id;
  final String url;
  final long expiresAtMillis;
  private final long pressSlackMillis;
  private final boolean showsClosed;
  private Long closedAtMillis;
  private boolean pressed;

  HostedPage(String id, String url, long expiresAtMillis, SandboxSettings settings) {
    this.id = id;
    this.url = url;
    this.expiresAtMillis = expiresAtMillis;
    this.pressSlackMillis = settings.pages().pressSlackMillis();
    this.showsClosed = settings.pages().closedPages().equals("C");
  }

  /** Null while it lives. */
  Long closedAtMillis() {
    return closedAtMillis;
  }

  boolean isBeingPressed() {
    return pressed;
  }

  void press() {
    pressed = true;
  }

  /** Whether a press that ends now still counts. */
  boolean release(long now) {
    pressed = false;
    return closedAtMillis == null || now <= closedAtMillis + pressSlackMillis;
  }

  /** Whether its transaction, still unpaid, shows C from now on. */
  boolean close(long now) {
    boolean closes = closedAtMillis == null;
    closedAtMillis = closes ? Long.valueOf(now) : closedAtMillis;
    return closes && showsClosed;
  }
}
