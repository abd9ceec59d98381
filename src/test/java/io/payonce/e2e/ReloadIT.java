package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.payonce.settings.LiveSettings;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import io.payonce.wiring.Pod;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Limits follow their file while payments run. */
@Execution(ExecutionMode.CONCURRENT)
class ReloadIT {
  @TempDir
  Path folder;

  @Test
  void a_new_limit_counts_without_a_restart() throws IOException {
    write("server:\n  maxBodyBytes: 2000\n");
    try (TestPod testPod = new TestPod()) {
      following(testPod, pod -> {
        Caller caller = new Caller("http://127.0.0.1:" + pod.port(), TestPod.KEY);
        assertThat(status(caller, "a")).isEqualTo(413);
        write("server:\n  maxBodyBytes: 8000\n");
        await().atMost(Duration.ofMinutes(1)).until(() -> status(caller, "b") == 200);
      });
    }
  }

  @Test
  void a_new_token_opens_the_admin_port_and_the_old_one_does_not() throws IOException {
    Path token = TestPod.put(folder, "token", "adm_old_0123456789abcdef");
    write("admin:\n  tokenFile: " + token + "\n");
    try (TestPod testPod = new TestPod()) {
      following(testPod, pod -> {
        String base = "http://127.0.0.1:" + pod.adminPort();
        Operator before = new Operator(base, "adm_old_0123456789abcdef");
        Operator after = new Operator(base, "adm_new_0123456789abcdef");
        assertThat(after.get("/admin/stats").status()).isEqualTo(401);
        assertThat(before.get("/admin/stats").status()).isEqualTo(200);
        TestPod.put(folder, "token", "adm_new_0123456789abcdef\n");
        TestPod.until(() -> after.get("/admin/stats").status() == 200);
        assertThat(before.get("/admin/stats").status()).isEqualTo(401);
      });
    }
  }

  @Test
  void a_new_deadline_is_what_the_ops_page_shows() throws IOException {
    write("recovery:\n  deadlineMs: 600000\n");
    try (TestPod testPod = new TestPod()) {
      following(testPod, pod -> {
        Operator operator = new Operator("http://127.0.0.1:" + pod.adminPort(), null);
        new Caller("http://127.0.0.1:" + pod.port(), TestPod.KEY)
            .pay(
                Caller.sale("order-late", "late", "E02 after charge, query: C24 300s"),
                "Prefer",
                "wait=0");
        Instant first = Instant.parse(operator.payment("late").getString("deadlineAt"));
        write("recovery:\n  deadlineMs: 900000\n");
        TestPod.until(() -> Instant.parse(operator.payment("late").getString("deadlineAt"))
            .equals(first.plusSeconds(300)));
      });
    }
  }

  @Test
  void a_client_is_kept_to_its_merchants_and_let_go_while_the_pod_runs() throws IOException {
    write("client:\n  merchants: test=M1\n");
    try (TestPod testPod = new TestPod()) {
      following(testPod, pod -> {
        Caller caller = new Caller("http://127.0.0.1:" + pod.port(), TestPod.KEY);
        Caller.Got refused = caller.pay(Caller.sale("order-kept", "kept"));
        assertThat(refused.code()).isEqualTo("S06");
        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.header("Payonce-Sent")).isEqualTo("not-by-this-call");
        write("client:\n  merchants: [test=M1|" + Caller.MERCHANT + "]\n");
        TestPod.until(() -> caller.pay(Caller.sale("order-kept", "kept")).isPaid());
        write("client:\n  open: false\n");
        TestPod.until(() -> !"S06".equals(caller.query("kept").code()));
      });
    }
  }

  @Test
  void who_shows_no_key_is_kept_out_while_the_pod_runs() throws IOException {
    write("client:\n  open: true\n");
    try (TestPod testPod = new TestPod()) {
      following(testPod, pod -> {
        Caller nobody = new Caller("http://127.0.0.1:" + pod.port(), null);
        assertThat(nobody.pay(Caller.sale("order-open", "open")).isPaid()).isTrue();
        write("client:\n  open: false\n  merchants: test=" + Caller.MERCHANT + "\n");
        TestPod.until(
            () -> "S10".equals(nobody.pay(Caller.sale("order-open", "open")).code()));
        Caller known = new Caller("http://127.0.0.1:" + pod.port(), TestPod.KEY);
        assertThat(known.pay(Caller.sale("order-open", "open")).isPaid()).isTrue();
      });
    }
  }

  @Test
  void a_signing_key_and_its_name_change_together_and_cost_one_send_at_most() throws IOException {
    signsWith("k1", "old-secret");
    try (TestPod testPod = new TestPod()) {
      testPod.platform().settings("signingMode", "http-message-signatures");
      testPod.platform().settings("signingKeys", List.of("k1:old-secret"));
      following(testPod, pod -> {
        Caller caller = new Caller("http://127.0.0.1:" + pod.port(), TestPod.KEY);
        testPod.patiently(() -> caller.query("anything"));
        assertThat(caller.pay(Caller.sale("order-before", "before")).isPaid()).isTrue();
        testPod.platform().settings("signingKeys", List.of("k2:new-secret"));
        signsWith("k2", "new-secret");
        Caller.Got after = caller.pay(Caller.sale("order-after", "after"));
        assertThat(after.isPaid()).as(after.body()).isTrue();
        assertThat(testPod.platform().sends().sent("after")).hasSizeLessThanOrEqualTo(2);
      });
    }
  }

  private void signsWith(String name, String secret) throws IOException {
    Path file = TestPod.put(folder, "signing-secret", secret);
    write("""
        signing:
          mode: http-message-signatures
          algorithm: hmac-sha256
          keyId: %s
          secretFile: %s
        """.formatted(name, file));
  }

  private interface Visit {
    void to(Pod pod) throws IOException;
  }

  /** Beside the pod's own pod one that follows our file. */
  private void following(TestPod testPod, Visit visit) throws IOException {
    Path file = folder.resolve("payonce.yaml");
    Map<String, String> fixed = testPod.fixed();
    LiveSettings live = LiveSettings.of(
        () -> Optional.of(file), path -> Settings.load(path, Map.of(), Profile.SERVE, fixed));
    Vertx loops = Pod.vertx();
    try {
      visit.to(TestPod.await(Pod.start(loops, live, Future.succeededFuture())));
    } finally {
      TestPod.await(loops.close());
    }
  }

  private int status(Caller caller, String id) {
    JsonObject body = Caller.sale("order-" + id, "reload-" + id);
    return caller.pay(body.put("description", "x".repeat(3000))).status();
  }

  private void write(String yaml) throws IOException {
    TestPod.put(folder, "payonce.yaml", yaml);
  }
}
