package io.payonce.settings;

import io.payonce.settings.Loaded.Ready;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which settings may change while the program runs, and what a new file would change. The others
 * are built into sockets, leases and records: they need a restart.
 */
public final class Reloadable {
  private static final Set<Key> KEYS = Set.of(
      Key.SERVER_WAIT_BUDGET,
      Key.SERVER_MAX_BODY,
      Key.RECOVERY_REISSUE,
      Key.RECOVERY_FIRST_DELAY,
      Key.RECOVERY_MAX_DELAY,
      Key.RECOVERY_MAX_ATTEMPTS,
      Key.RECOVERY_RESEND_AFTER_WINDOW,
      Key.RECOVERY_DEADLINE);

  private Reloadable() {}

  /** One key whose value is another now; both masked. */
  public record Change(String key, String before, String after, boolean taken) {
    @Override
    public String toString() {
      String words = key + ": " + before + " -> " + after;
      return taken ? words : words + " (needs a restart)";
    }
  }

  /** The running settings with what may change taken from the new ones. */
  public static Settings merge(Settings running, Settings fresh) {
    Settings.Server server = running.server();
    Settings.Recovery recovery = fresh.recovery();
    return new Settings(
        new Settings.Server(
            server.host(),
            server.port(),
            fresh.server().waitBudgetMs(),
            fresh.server().maxBodyBytes(),
            server.drainMs(),
            server.tls()),
        running.client(),
        running.admin(),
        running.redis(),
        running.upstream(),
        running.signing(),
        running.credentials(),
        running.ledger(),
        running.orders(),
        new Settings.Recovery(
            recovery.reissue(),
            running.recovery().leaseMs(),
            recovery.firstDelayMs(),
            recovery.maxDelayMs(),
            recovery.maxAttempts(),
            running.recovery().resendsPerSecond(),
            recovery.resendAfterWindow(),
            recovery.deadlineMs()),
        running.telemetry(),
        running.log(),
        running.secretFiles());
  }

  /** Every key whose shown value differs; a secret's new value does not show here. */
  public static List<Change> changes(Ready before, Ready after) {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < Key.values().length; i++) {
      String old = before.entries().get(i).yaml();
      String now = after.entries().get(i).yaml();
      if (!old.equals(now)) {
        Key key = Key.values()[i];
        changes.add(new Change(key.path, old, now, KEYS.contains(key)));
      }
    }
    return changes;
  }

  static Set<Key> keys() {
    return KEYS;
  }
}
