package io.payonce.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.documents.ApiDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The description of the admin API has every path that is answered, and no other. */
class AdminDocumentTest {
  private static final String PAYMENT = "/admin/payments/{merchantId}/{transactionRequestId}";

  @Test
  void every_path_is_described_with_its_method() throws IOException {
    String routes = Files.readString(
        Path.of("src/main/java", AdminRoutes.class.getName().replace('.', '/') + ".java"));
    Set<String> answered = new TreeSet<>(Set.of("GET /", "GET " + OpsPage.RUNBOOK));
    Pattern.compile("case \"([\\w/]*)\" ->\\s+(?:parts\\S+ == 2 \\? )?(get|post)\\(")
        .matcher(routes)
        .results()
        .forEach(found -> answered.add(found.group(2).toUpperCase() + " " + path(found.group(1))));
    assertThat(new ApiDocument().calls()).isEqualTo(answered);
  }

  private static String path(String word) {
    if (word.startsWith("/")) {
      return word;
    }
    if (word.equals("deliver")) {
      return "/admin/undelivered/{id}/deliver";
    }
    return word.isEmpty() ? PAYMENT : PAYMENT + "/" + word;
  }
}
