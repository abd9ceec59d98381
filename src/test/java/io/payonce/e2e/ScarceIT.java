package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A program that has little, and callers who want much of it. */
class ScarceIT {
  /** More than half of them are the class path of the tests. */
  private static final int FILES = 260;

  private static final int CROWD = 300;

  private static TestPod testPod;

  @BeforeAll
  static void open() {
    testPod = new TestPod(CrowdIT.PATIENT, 0);
  }

  @AfterAll
  static void close() {
    testPod.close();
  }

  @Test
  void idle_connections_leave_room_for_the_admin_port_and_the_platforms_side() throws IOException {
    try (PayonceProcess pod = PayonceProcess.start(testPod, Map.of(), FILES)) {
      int port = URI.create(pod.caller().base()).getPort();
      Caller admin = new Caller(pod.operations(), null);
      List<Socket> crowd = new ArrayList<>();
      TestPod.until(() -> pod.caller().pay(Caller.sale("order-warm", "warm")).isPaid());
      try (Socket early = Raw.open(port)) {
        pays(early, "early-1");
        for (int i = 0; i < CROWD; i++) {
          crowd.add(Raw.open(port));
        }
        TestPod.until(() -> !admin
            .send(admin.request("/metrics").build())
            .join()
            .body()
            .contains("payonce_connections_refused_total 0.0"));
        assertThat(admin.send(admin.request("/health/ready").build()).join().status())
            .isEqualTo(200);
        pays(early, "early-2");
      } finally {
        for (Socket each : crowd) {
          each.close();
        }
      }
      TestPod.until(() -> pays(port));
      TestPod.until(() -> pod.log().contains("connections limited: " + FILES + " files"));
      pod.stop();
      assertThat(pod.exitCode()).as(pod.log()).isZero();
    }
  }

  @Test
  void without_heap_the_process_ends() {
    Map<String, String> careless = Map.of(
        "PAYONCE_SERVER_MAX_BODY_BYTES", "16777216",
        "PAYONCE_SERVER_MAX_BUFFERED_BYTES", "1073741824");
    try (PayonceProcess pod =
        PayonceProcess.start(testPod, careless, 0, "-Xmx64m", "-XX:+UseSerialGC")) {
      fill(URI.create(pod.caller().base()).getPort(), 8, 15_000_000);
      assertThat(pod.exitCode()).as(pod.log()).isEqualTo(3);
    }
  }

  @Test
  void without_direct_memory_too() {
    try (PayonceProcess pod =
        PayonceProcess.start(testPod, Map.of(), 0, "-XX:MaxDirectMemorySize=2m")) {
      assertThat(pod.exitCode()).as(pod.log()).isEqualTo(3);
    }
  }

  /** Bodies that lack their last byte, until they are not taken any more. */
  private static void fill(int port, int callers, int bytes) {
    byte[] body = new byte[bytes];
    String head = Raw.keptPost(Caller.SALE, "Content-Length: " + (bytes + 1) + "\r\n", "");
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < callers; i++) {
        Socket socket = Raw.open(port);
        open.add(socket);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().write(body);
      }
      Raw.rest(open.get(0).getInputStream());
    } catch (IOException gone) {
      // What was to be shown.
    } finally {
      open.forEach(ScarceIT::hangUp);
    }
  }

  private static void hangUp(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean pays(int port) {
    try (Socket late = Raw.open(port)) {
      pays(late, "late");
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  private static void pays(Socket socket, String id) throws IOException {
    String body = Caller.sale("order-" + id, id).encode();
    socket
        .getOutputStream()
        .write(Raw.keptPost(Caller.SALE, Raw.length(body), body)
            .getBytes(StandardCharsets.ISO_8859_1));
    assertThat(Said.next(socket.getInputStream()).body()).matches(Caller::isPaid, "is paid");
  }
}
