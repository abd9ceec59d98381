package io.payonce.sandbox.script;

import java.util.EnumSet;
import java.util.Set;

/** A notification's step while it is being read: refuses faults that contradict each other. */
final class WebhookDraft {

  private final String source;
  private final Set<WebhookFault> faults = EnumSet.noneOf(WebhookFault.class);
  private long lateMillis;

  WebhookDraft(String source) {
    this.source = source;
  }

  void fault(WebhookFault fault) {
    faults.add(fault);
  }

  void late(long millis) {
    lateMillis = millis;
  }

  WebhookStep step() {
    boolean waits = lateMillis > 0 || faults.contains(WebhookFault.REORDERED);
    refuse(faults.contains(WebhookFault.LOST) && (faults.size() > 1 || lateMillis > 0), "lost");
    refuse(faults.contains(WebhookFault.EARLY) && waits, "early");
    refuse(faults.stream().filter(WebhookFault::spoilsTheMessage).count() > 1, "spoiled twice");
    return new WebhookStep(faults, lateMillis);
  }

  private void refuse(boolean contradicts, String what) {
    if (contradicts) {
      throw new ScriptFault("\"" + what + "\" contradicts another word in the same webhook step of "
          + source + "; separate the steps of different notifications by a comma");
    }
  }
}
