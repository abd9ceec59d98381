package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.payonce.sandbox.bank.Charge;
import io.payonce.sandbox.http.ReceivedRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Spoiled requests, heads and bodies alike: some in every verify, {@code -Psoak} does
 * {@code -Dinputs=} many, {@code -Dseed=} does others. A failure names the number of its input.
 */
class FuzzIT {
  private static final long SEED = Long.getLong("seed", 20261129L);
  private static final int INPUTS = Integer.getInteger("inputs", 400);

  /** What is silent for so long waits for more of the request, or for its end. */
  private static final int SILENCE_MILLIS = 300;

  private static final String LAST =
      "GET /the-end HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

  private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();
  private static TestPod testPod;

  @BeforeAll
  static void open() {
    testPod = new TestPod(Map.of());
    testPod.patiently(() -> testPod.caller().pay(Caller.sale("order-first", "pay-first")));
    LOG.start();
    root().addAppender(LOG);
  }

  @AfterAll
  static void close() {
    root().detachAppender(LOG);
    testPod.close();
  }

  @Test
  void whatever_is_sent_is_answered_or_cut_off_and_no_order_is_charged_twice() {
    IntStream.range(0, INPUTS).parallel().forEach(FuzzIT::send);
    Map<String, Long> charges = testPod.platform().charges().all().stream()
        .collect(java.util.stream.Collectors.groupingBy(
            FuzzIT::order, java.util.stream.Collectors.counting()));
    assertThat(charges)
        .as("seed %d", SEED)
        .allSatisfy((order, times) -> assertThat(times).as(order).isEqualTo(1));
    assertThat(testPod.platform().sends().all())
        .extracting(ReceivedRequest::path)
        .allMatch(path -> path.matches("/v1/[A-Za-z0-9/._-]+"));
    assertThat(LOG.list).filteredOn(line -> line.getLevel() == Level.ERROR).isEmpty();
    TestPod.until(() -> testPod.admin(0).contains("payonce_buffered_bytes 0.0"));
    assertThat(testPod.caller().pay(Caller.sale("order-last", "pay-last")).isPaid())
        .isTrue();
  }

  private static void send(int number) {
    Mutator mutator = new Mutator(SEED + number);
    String body = Caller.sale("order-f-" + number, "pay-f-" + number).encode();
    String head = "POST " + Caller.SALE + " HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer "
        + TestPod.KEY + "\r\nContent-Type: application/json\r\nPrefer: wait=1\r\n";
    String input = mutator.spoiled(head, body);
    String came = "";
    try {
      came = exchange(input + LAST);
      Said.all(came).stream().filter(said -> said.status() != 100).forEach(FuzzIT::isSound);
    } catch (IOException | RuntimeException | AssertionError e) {
      throw new AssertionError(
          "seed %d, input %d: %s%n%s%n%s".formatted(SEED, number, e, input, came), e);
    }
  }

  private static void isSound(Said said) {
    if (said.body().isEmpty()) {
      // Of a HEAD; a method can be spoiled into it.
      assertThat(said.headers()).containsKey("x-trace-id");
    } else if (!"platform".equals(said.headers().get("payonce-source"))) {
      if (said.body().contains("\"data\"")) {
        assertThat(said.headers()).containsKey("x-trace-id");
      } else {
        said.isOurs();
      }
    }
  }

  private static String order(Charge charge) {
    return charge.merchantId() + "/" + charge.order();
  }

  private static String exchange(String bytes) throws IOException {
    ByteArrayOutputStream came = new ByteArrayOutputStream();
    try (Socket socket = Raw.open(testPod.pod().port())) {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      socket.setSoTimeout(SILENCE_MILLIS);
      read(socket.getInputStream(), came);
    } catch (java.net.SocketException reset) {
      // A server may reset a connection on which it has not read everything.
    }
    return came.toString(StandardCharsets.ISO_8859_1);
  }

  /** A payment may take its time; without any answer, the call is given more of it. */
  private static void read(InputStream in, ByteArrayOutputStream came) throws IOException {
    byte[] some = new byte[4096];
    try {
      for (int n = in.read(some); n >= 0; n = in.read(some)) {
        came.write(some, 0, n);
      }
    } catch (SocketTimeoutException silence) {
      // It waits for more.
    }
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}
