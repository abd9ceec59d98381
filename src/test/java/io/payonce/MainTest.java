package io.payonce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.command.ServeCommand;
import io.payonce.settings.Loaded;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import io.payonce.tls.Pki;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command line as an operator or a script meets it: words, streams and exit codes. */
@Execution(ExecutionMode.CONCURRENT) // check waits a second for a Redis that is not there
class MainTest {
  @TempDir
  Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Map<String, String> env = new HashMap<>();

  @BeforeEach
  void secrets() {
    env.put("PAYONCE_CLIENT_KEYS", "shop:hush-client-key-1");
    env.put("PAYONCE_UPSTREAM_API_KEY", "hush-platform-key");
    env.put("PAYONCE_LEDGER_ENCRYPTION_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
  }

  @Test
  void check_prints_every_value_with_its_source_and_no_secret() throws IOException {
    Path file = Files.writeString(folder.resolve("my.yaml"), "server:\n  port: 8081\n");
    env.put("PAYONCE_REDIS_URIS", "redis://u:hush@10.0.0.1:6380,redis://10.0.0.2");
    assertThat(run("check", "--config", file.toString())).isZero();
    assertThat(out.toString().lines().map(line -> line.replaceAll("  +#", " #")))
        .contains("server:", "  tls:", "    certFile: # not set")
        .contains("  port: 8081 # " + file + ":2", "  host: \"127.0.0.1\" # default")
        .contains("  keys: \"***\" # PAYONCE_CLIENT_KEYS", "  token: # not set")
        .contains(
            "  uris: [\"redis://***@10.0.0.1:6380\", \"redis://10.0.0.2\"] # PAYONCE_REDIS_URIS");
    assertThat(out.toString()).doesNotContain("hush").doesNotContain("AAAA");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void what_check_prints_is_a_configuration_again() throws IOException {
    env.put("PAYONCE_SERVER_HOST", "0.0.0.0");
    env.put("PAYONCE_UPSTREAM_REQUEST_ID_HEADERS", "A,B");
    assertThat(run("check")).isZero();
    String secretsLeftOut = out.toString().replace("\"***\"", "");
    Path copy = Files.writeString(folder.resolve("copy.yaml"), secretsLeftOut);
    Loaded again = Settings.load(Optional.of(copy), Map.of(), Profile.SANDBOX);
    env.keySet().removeIf(name -> name.contains("KEY"));
    assertThat(again.orThrow())
        .isEqualTo(Settings.load(Optional.empty(), env, Profile.SANDBOX).orThrow());
  }

  @Test
  void check_takes_the_usual_file_when_none_is_named() throws IOException {
    Files.createDirectory(folder.resolve("conf"));
    Files.writeString(folder.resolve("conf/payonce.yaml"), "recovery: {maxAttempts: 7}");
    assertThat(run("check")).isZero();
    assertThat(out.toString()).contains("maxAttempts: 7").contains("payonce.yaml:1");
  }

  @Test
  void warnings_come_after_the_configuration_and_do_not_change_the_exit_code() {
    env.put("PAYONCE_LEDGER_TOMBSTONE_MS", "0");
    assertThat(run("check")).isZero();
    assertThat(err.toString()).startsWith("warning: ledger.tombstoneMs = 0");
  }

  @Test
  void check_says_what_a_scope_of_applications_means() {
    assertThat(run("check")).isZero();
    assertThat(out.toString()).doesNotContain("note: orders.scope");
    env.put("PAYONCE_ORDERS_SCOPE", "app");
    assertThat(run("check")).isZero();
    assertThat(out.toString())
        .contains("# note: orders.scope is app", "one shop would be answered another's S");
  }

  @Test
  void check_explains_each_call_that_is_described() {
    assertThat(run("check")).isZero();
    assertThat(out.toString()).doesNotContain("# operation");
    env.put(
        "PAYONCE_OPERATIONS",
        "[{path: /v1/wallet/charge, order: billNo, doubt: confirm},"
            + " {path: /v1/wallet/refund, order: original, id: payoutId, doubt: never},"
            + " {path: /v1/wallet/top-up, order: none, doubt: repeat,"
            + " required: [walletId, amount.orderAmount]}]");
    env.put("PAYONCE_RECOVERY_MAX_ATTEMPTS", "4");
    assertThat(run("check")).isZero();
    assertThat(out.toString().lines().filter(line -> line.startsWith("# operation")))
        .containsExactly(
            "# operation charge: POST /v1/wallet/charge locks the order that billNo names and pays"
                + " it, as a sale does; while its outcome is unknown, the platform is asked for its"
                + " transactionRequestId, and it is sent again only if the platform knows nothing of"
                + " it",
            "# operation wallet-refund: POST /v1/wallet/refund locks the transaction that"
                + " originalTransactionId or originalTransactionRequestId name, as a refund does;"
                + " while its outcome is unknown, the platform is asked for its payoutId, and it is"
                + " never sent again; code 0 without a status is done",
            "# operation top-up: POST /v1/wallet/top-up locks no order, and is distinguished from others by"
                + " its transactionRequestId alone; while its outcome is unknown, the same is sent"
                + " again, 4 times in all, then asked about; code 0 without a status is done; without"
                + " walletId, amount.orderAmount it is refused (C01)");
  }

  @Test
  void check_says_which_payments_are_never_reissued() {
    assertThat(run("check")).isZero();
    assertThat(out.toString()).contains("# note: recovery.reissue", "notifyUrl");
    env.put("PAYONCE_RECOVERY_REISSUE", "false");
    assertThat(run("check")).isZero();
    assertThat(out.toString().lines().filter(line -> line.contains("notifyUrl")))
        .hasSize(1);
  }

  @Test
  void check_says_whom_the_platform_reports_to() {
    env.put("PAYONCE_WEBHOOK_PORT", "8090");
    env.put("PAYONCE_WEBHOOK_SECRET", "the-platforms-signing-secret");
    assertThat(run("check")).isZero();
    assertThat(out.toString())
        .contains("# note: webhook.port is open", "not for bodies with a notifyUrl")
        .doesNotContain("signing-secret");
    env.put("PAYONCE_WEBHOOK_PUBLIC_URL", "https://pay.example.com/webhook");
    env.put("PAYONCE_NOTIFY_SECRET", "what-our-callers-check-with");
    env.put("PAYONCE_NOTIFY_ALLOW_HOSTS", "*.shops.example.com");
    out.getBuffer().setLength(0);
    assertThat(run("check")).isZero();
    assertThat(out.toString())
        .contains("on no host of notify.allowHosts")
        .doesNotContain("webhook.port is open", "not for bodies with a notifyUrl", "callers-check");
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "serve"})
  void every_fault_is_listed_and_the_exit_code_is_2(String command) {
    env.clear();
    env.put("PAYONCE_SERVER_PORT", "eighty");
    assertThat(run(command)).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines())
        .hasSize(5)
        .startsWith(
            "bad configuration, 4 faults:",
            "  server.port = eighty (PAYONCE_SERVER_PORT): expected a whole number, 0 to 65535")
        .anyMatch(line -> line.startsWith("  client.keys (not set): expected at least one"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "serve"})
  void certificates_and_keys_are_read_before_the_start_and_whatever_is_bad_is_listed(String command)
      throws IOException {
    Pki pki = new Pki(folder, "ours");
    Path garbage = Files.write(folder.resolve("garbage"), new byte[] {1, (byte) 0xff, 2});
    env.put("PAYONCE_SERVER_TLS_CERT_FILE", pki.expired().chain().toString());
    env.put("PAYONCE_SERVER_TLS_KEY_FILE", garbage.toString());
    env.put("PAYONCE_SERVER_TLS_CLIENT_CA_FILE", garbage.toString());
    env.put("PAYONCE_REDIS_CA_FILE", garbage.toString());
    env.put("PAYONCE_UPSTREAM_TLS_CERT_FILE", pki.localhost().chain().toString());
    env.put("PAYONCE_UPSTREAM_TLS_KEY_FILE", pki.other("elsewhere").key().toString());
    env.put("PAYONCE_UPSTREAM_TLS_CA_FILE", pki.authorityFile().toString());
    env.put("PAYONCE_SIGNING_MODE", "rsa-sha256");
    env.put("PAYONCE_SIGNING_PRIVATE_KEY_FILE", pki.localhost().key().toString());
    assertThat(run(command)).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("bad configuration, 5 faults:"),
            line -> assertThat(line)
                .startsWith("  server.tls.keyFile = " + garbage + " (PAYONCE_SERVER_TLS_KEY_FILE)")
                .endsWith("no PRIVATE KEY block (-----BEGIN … -----END) found"),
            line -> assertThat(line).contains("server.tls.clientCaFile", "MalformedInput"),
            line -> assertThat(line).contains("redis.caFile", garbage + " cannot be read"),
            line -> assertThat(line).contains("upstream.tls.certFile", "is not the certificate's"),
            line -> assertThat(line).contains("signing.privateKey = \"***\"", "needs an RSA key"));

    env.put("PAYONCE_SERVER_TLS_KEY_FILE", pki.localhost().key().toString());
    assertThat(run(command)).isEqualTo(2);
    assertThat(err.toString()).contains("server.tls.certFile", "the certificate expired at");
  }

  @Test
  void certificates_and_keys_that_can_be_used_are_no_faults() {
    Pki pki = new Pki(folder, "ours");
    Pki.Identity identity = pki.localhost();
    env.put("PAYONCE_SERVER_TLS_CERT_FILE", identity.chain().toString());
    env.put("PAYONCE_SERVER_TLS_KEY_FILE", identity.key().toString());
    env.put("PAYONCE_SERVER_TLS_CLIENT_CA_FILE", pki.authorityFile().toString());
    env.put("PAYONCE_REDIS_CA_FILE", pki.authorityFile().toString());
    env.put("PAYONCE_UPSTREAM_TLS_CERT_FILE", identity.chain().toString());
    env.put("PAYONCE_UPSTREAM_TLS_KEY_FILE", identity.key().toString());
    env.put("PAYONCE_SIGNING_MODE", "http-message-signatures");
    env.put("PAYONCE_SIGNING_ALGORITHM", "ecdsa-p256-sha256");
    env.put("PAYONCE_SIGNING_KEY_ID", "ours");
    env.put("PAYONCE_SIGNING_PRIVATE_KEY_FILE", identity.key().toString());
    assertThat(run("check")).as(err.toString()).isZero();
  }

  @Test
  void the_sandbox_lists_faults_too_but_never_reads_the_usual_file() throws IOException {
    Files.createDirectory(folder.resolve("conf"));
    Files.writeString(folder.resolve("conf/payonce.yaml"), "not a map");
    env.put("PAYONCE_SERVER_PROT", "1");
    assertThat(run("sandbox")).isEqualTo(2);
    assertThat(err.toString()).contains("1 fault:").contains("did you mean PAYONCE_SERVER_PORT?");
  }

  @Test
  void a_configuration_file_that_is_not_there_is_a_fault() {
    assertThat(run("check", "--config", "nowhere.yaml")).isEqualTo(2);
    assertThat(err.toString()).contains("nowhere.yaml");
  }

  @ParameterizedTest
  @CsvSource({
    "chekc, Did you mean: payonce check, Usage: payonce ",
    "check --confg x, --confg, Usage: payonce check",
    "check --config, Missing required parameter, Usage: payonce check",
    "'', Missing command, Usage: payonce "
  })
  void an_unknown_command_or_option_or_none_shows_the_usage_and_exits_with_2(
      String args, String problem, String usage) {
    assertThat(run(args.isEmpty() ? new String[0] : args.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(problem, usage.strip()).doesNotContain("\tat ");
    assertThat(out.toString()).isEmpty();
  }

  /** As pods are started; what is wrong with the file is said before anything else is loaded. */
  @Test
  void serve_with_or_without_a_file_loads_no_parser() throws Exception {
    for (String args : List.of("serve", "serve --config no.yaml", "serve --config=no.yaml")) {
      Process process = java("-Xlog:class+load:file=classes.log", args);
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(args).isEqualTo(2);
      assertThat(said)
          .contains("bad configuration")
          .contains(args.equals("serve") ? "" : "no.yaml");
      assertThat(Files.readAllLines(folder.resolve("classes.log")))
          .as(args)
          .filteredOn(
              line -> line.matches(".* (io.payonce.command.ServeCommand|picocli.CommandLine) .*"))
          .hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "check",
        "serve --help",
        "serve --config",
        "serve --config=",
        "serve --config --help",
        "serve --config @args",
        "serve --config=x --help",
        "serve --config x y",
        "serve --confg x",
        "serve --confg=x"
      })
  void whatever_may_need_an_explanation_is_left_to_the_parser(String args) {
    assertThat(Main.plainly(List.of(args.split(" ")), new ServeCommand(env, folder)))
        .isNull();
  }

  private Process java(String option, String args) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        option,
        "-cp",
        System.getProperty("java.class.path"),
        "io.payonce.Main"));
    command.addAll(List.of(args.split(" ")));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .start();
  }

  @Test
  void help_and_version_exit_with_0() {
    assertThat(run("--help")).isZero();
    assertThat(run("check", "--help")).isZero();
    assertThat(run("--version")).isZero();
    assertThat(out.toString())
        .contains("sandbox", "serve", "check", "codes", "--config=FILE", "payonce (not packaged)");
  }

  private int run(String... args) {
    CommandLine line = Main.commands(env, folder);
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(args);
  }
}
