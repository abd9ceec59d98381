package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.Caller.Got;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys in files, exchanged while payments are made. */
class RotationIT {
  private static final int AT_ONCE = 8;

  @TempDir
  Path folder;

  @Test
  void keys_that_change_in_their_files_cost_no_payment() throws IOException {
    Path apiKey = write("api-key", "sk_old");
    Path secret = write("secret", "old-secret");
    try (TestPod testPod = new TestPod(Map.of(
        "upstream.apiKeyFile", apiKey.toString(),
        "signing.mode", "hmac-sha256",
        "signing.secretFile", secret.toString()))) {
      accept(testPod, List.of("sk_old"), List.of(":old-secret"));
      List<String> made = new ArrayList<>(pay(testPod, "old"));

      accept(testPod, List.of("sk_old", "sk_new"), List.of(":old-secret", ":new-secret"));
      write("api-key", "sk_new");
      write("secret", "new-secret");
      made.addAll(pay(testPod, "both"));
      accept(testPod, List.of("sk_new"), List.of(":new-secret"));
      made.addAll(pay(testPod, "new"));

      assertThat(made).allSatisfy(id -> {
        assertThat(testPod.platform().charges().of(Caller.MERCHANT, id)).hasSize(1);
        assertThat(testPod.platform().sends().sent(id)).hasSizeLessThanOrEqualTo(2);
      });
      assertThat(testPod
              .platform()
              .sends()
              .all()
              .get(testPod.platform().sends().all().size() - 1))
          .matches(send -> send.signatureAccepted());
    }
  }

  @Test
  void a_key_that_changes_without_notice_costs_one_send() throws IOException {
    Path apiKey = write("api-key", "sk_old");
    try (TestPod testPod = new TestPod(Map.of("upstream.apiKeyFile", apiKey.toString()))) {
      accept(testPod, List.of("sk_old"), List.of());
      pay(testPod, "before");
      accept(testPod, List.of("sk_new"), List.of());
      write("api-key", "sk_new");

      assertThat(pay(testPod, "after"))
          .allSatisfy(id ->
              assertThat(testPod.platform().charges().of(Caller.MERCHANT, id)).hasSize(1));
    }
  }

  @Test
  void callers_keys_change_too_and_a_faulty_file_changes_nothing() throws IOException {
    Path keys = write("callers", "test:" + TestPod.KEY + "\n");
    try (TestPod testPod = new TestPod(Map.of("client.keysFile", keys.toString()))) {
      Caller next = new Caller(testPod.caller().base(), "k_test_next_caller");
      assertThat(next.query("x").code()).isEqualTo("S10");

      write("callers", "test:" + TestPod.KEY + "\ntest:k_test_next_caller\n");
      TestPod.until(() -> !next.query("x").code().equals("S10"));
      assertThat(testPod.caller().query("x").code()).isNotEqualTo("S10");

      write("callers", "no colon here");
      write("api-key", "waited for");
      assertThat(next.query("x").code()).isNotEqualTo("S10");
      write("callers", "test:k_test_next_caller\n");
      TestPod.until(() -> testPod.caller().query("x").code().equals("S10"));
    }
  }

  private static void accept(TestPod testPod, List<String> apiKeys, List<String> secrets) {
    testPod.platform().settings("keys", apiKeys);
    if (!secrets.isEmpty()) {
      testPod.platform().settings("signingMode", "hmac-sha256");
      testPod.platform().settings("signingKeys", secrets);
    }
  }

  /** Many payments at once; the ids of those that were paid, which must be all. */
  private static List<String> pay(TestPod testPod, String name) {
    List<String> ids = new ArrayList<>();
    testPod.patiently(() -> testPod.caller().query("anything"));
    for (int round = 0; round < 10; round++) {
      List<CompletableFuture<Got>> under = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        String id = name + "-" + round + "-" + i;
        ids.add(id);
        under.add(testPod.caller().postAsync(Caller.SALE, Caller.sale(id, id).encode()));
      }
      under.forEach(got -> assertThat(got.join().isPaid()).as(got.join().body()).isTrue());
    }
    return ids;
  }

  private Path write(String name, String content) throws IOException {
    return TestPod.put(folder, name, content);
  }
}
