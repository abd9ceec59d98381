package io.payonce.sandbox.script;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Says what happens to one notification; {@code lateMillis} is 0 where the script does not say. */
public record WebhookStep(Set<WebhookFault> faults, long lateMillis) {

  public static final WebhookStep OK = new WebhookStep(Set.of(), 0);

  public WebhookStep {
    faults = Set.copyOf(faults);
  }

  public boolean is(WebhookFault fault) {
    return faults.contains(fault);
  }

  /** As a script says it; empty for the normal one. */
  public String words() {
    String words = Arrays.stream(WebhookFault.values())
        .filter(faults::contains)
        .map(fault -> fault.name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .collect(Collectors.joining(" and "));
    String late = lateMillis == 0 ? "" : "late " + lateMillis + "ms";
    return words.isEmpty() || late.isEmpty() ? words + late : words + " and " + late;
  }
}
