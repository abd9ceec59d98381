package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A log driver that hangs, or a pipe that nobody empties. */
class StalledOutputIT {
  private static final Pattern SERVES =
      Pattern.compile("Payonce serves http://[^:]+:(\\d+), operations");

  /** What Linux takes into a pipe, and lines enough to fill it several times. */
  private static final int PIPE_BYTES = 65_536;

  private static final int CALLS = 1500;

  @Test
  void payments_go_on_although_nobody_reads_what_is_logged() throws Exception {
    try (TestPod testPod = new TestPod(CrowdIT.PATIENT, 0)) {
      Process pod = start(testPod);
      try {
        int port = port(pod.getInputStream());
        try (Socket socket = Raw.open(port)) {
          String call = "GET /v1/transaction/query HTTP/1.1\r\nHost: here\r\n"
              + "Authorization: Bearer " + TestPod.KEY + "\r\n\r\n";
          Thread writer = new Thread(() -> write(socket, call.repeat(CALLS)));
          writer.start();
          for (int i = 0; i < CALLS; i++) {
            Said.next(socket.getInputStream()).is(200, "C01");
          }
        }
        TestPod.until(() -> pod.getInputStream().available() > PIPE_BYTES * 3 / 4);
        Caller caller = new Caller("http://127.0.0.1:" + port, TestPod.KEY);
        assertThat(testPod
                .patiently(() -> caller.pay(Scenario.of(testPod, null).body()))
                .isPaid())
            .isTrue();
        pod.destroy();
        assertThat(pod.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(pod.exitValue()).isZero();
      } finally {
        pod.destroyForcibly();
      }
    }
  }

  private static Process start(TestPod testPod) throws IOException {
    Path folder = Files.createTempDirectory("payonce-stalled-");
    ProcessBuilder builder = new ProcessBuilder(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "io.payonce.Main",
            "serve"))
        .directory(folder.toFile())
        .redirectErrorStream(true);
    builder.environment().putAll(testPod.environment());
    builder.environment().put("PAYONCE_LOG_PAYMENTS", "true");
    return builder.start();
  }

  /** Reads what is said until it serves, and not a byte more ever after. */
  private static int port(InputStream said) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int next = said.read(); next >= 0; next = said.read()) {
      text.append((char) next);
      Matcher serves = SERVES.matcher(text);
      if (next == 's' && serves.find()) {
        return Integer.parseInt(serves.group(1));
      }
    }
    throw new IllegalStateException("ended:\n" + text);
  }

  private static void write(Socket socket, String bytes) {
    try {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException closed) {
      // By a reader that has failed, and says so.
    }
  }
}
