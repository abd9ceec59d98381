package io.payonce.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ReadmeSection;
import io.payonce.ledger.Dossier;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Payments;
import io.payonce.ledger.Tombstone;
import io.payonce.model.PaymentId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What operators do about a payment: on the page, on the pod, and in the operators' README. */
class RunbookTest {
  @Test
  void the_operators_readme_has_every_paragraph() throws IOException {
    String rendered = Arrays.stream(Runbook.values())
        .map(step -> "#### " + step.title() + "\n" + wrapped(step.paragraph()) + "\n")
        .collect(Collectors.joining("\n"));
    new ReadmeSection(Path.of("src/site/markdown/operations.md"), "runbook").says(rendered);
  }

  private static String wrapped(String text) {
    StringBuilder lines = new StringBuilder();
    int width = 0;
    for (String word : text.split(" ")) {
      boolean fits = width + word.length() < 120;
      lines.append(width == 0 ? "" : fits ? " " : "\n").append(word);
      width = fits ? width + word.length() + 1 : word.length();
    }
    return lines.toString();
  }

  private static final PaymentId ID = new PaymentId("M1", "id-1");

  private static Payment payment(String stage, Outcome outcome) {
    return Payments.sale(stage, outcome, "1.1.1.", null, "1 begun\n");
  }

  private static Dossier dossier(
      Payment payment, String unreadable, Tombstone tombstone, Dossier.Times times) {
    return new Dossier(ID, payment, unreadable, tombstone, Dossier.Left.NOTHING, false, times);
  }

  private static Runbook step(Payment payment, boolean listed) {
    return Runbook.of(dossier(payment, null, null, new Dossier.Times(1, listed ? 1 : 0, 1)));
  }

  @Test
  void each_payment_has_the_paragraph_for_how_it_stands() {
    assertThat(step(payment("SENDING", null), false)).isEqualTo(Runbook.WAIT);
    assertThat(step(payment("HELD", null), false)).isEqualTo(Runbook.WAIT);
    assertThat(step(payment("IN_DOUBT", null), false)).isEqualTo(Runbook.WAIT);
    assertThat(step(payment("IN_DOUBT", null), true)).isEqualTo(Runbook.ASK_SUPPORT);
    assertThat(step(payment("OPEN", null), false)).isEqualTo(Runbook.CUSTOMER);
    assertThat(step(payment("ATTENTION", null), true)).isEqualTo(Runbook.ASK_SUPPORT);
    for (Outcome outcome : Outcome.values()) {
      assertThat(step(payment(null, outcome), false)).isEqualTo(Runbook.NOTHING);
    }
    assertThat(step(payment(null, Outcome.PAID), true)).isEqualTo(Runbook.CONTESTED);
    assertThat(step(payment(null, Outcome.UNPAID), true)).isEqualTo(Runbook.CONTRADICTED);
    assertThat(step(payment(null, Outcome.REFUSED), true)).isEqualTo(Runbook.CONTRADICTED);
    assertThat(step(null, false)).isEqualTo(Runbook.FORGOTTEN);
    assertThat(Runbook.of(dossier(null, "another key", null, new Dossier.Times(1, 1, 1))))
        .isEqualTo(Runbook.UNREADABLE);
    Tombstone paid = new Tombstone(Outcome.PAID, "id-1");
    assertThat(Runbook.of(dossier(null, null, paid, Dossier.Times.NEVER)))
        .isEqualTo(Runbook.NOTHING);
  }

  @Test
  void anchors_are_those_of_the_titles() {
    assertThat(Runbook.values()).allSatisfy(step -> {
      String title = step.title().toLowerCase(java.util.Locale.ROOT);
      assertThat(step.anchor()).isEqualTo(title.replace(",", "").replace(' ', '-'));
      assertThat(step.step()).endsWith(".");
    });
  }

  @Test
  void the_page_on_the_pod_has_every_paragraph() {
    String page = new OpsPage(true).file(OpsPage.RUNBOOK).body().toString();
    assertThat(Runbook.values())
        .allSatisfy(step -> assertThat(page)
            .contains("id=\"" + step.anchor() + "\"")
            .contains("<h2>" + step.title() + "</h2>"));
    assertThat(page)
        .doesNotContain("`", "<!-- paragraphs -->")
        .contains("<code>/health/ready</code>");
  }
}
