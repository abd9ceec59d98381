package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.wiring.Pod;
import java.util.function.ToIntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers who were refused and go on sending. */
class EndlessIT {
  @ParameterizedTest
  @ValueSource(strings = {Caller.SALE, "/elsewhere"})
  void a_body_without_an_end_is_refused_and_cut_off(String path) {
    isCutOff(Pod::port, path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/admin/payments/M1/p1/resolve", "/metrics", "/elsewhere"})
  void so_it_is_on_the_admin_port(String path) {
    isCutOff(Pod::adminPort, path);
  }

  private static void isCutOff(ToIntFunction<Pod> port, String path) {
    try (TestPod testPod = new TestPod()) {
      String head = Raw.keptPost(path, "Transfer-Encoding: chunked\r\n", "");
      assertThat(Raw.sendForEver(port.applyAsInt(testPod.pod()), head))
          .startsWith("HTTP/1.1 4")
          .containsIgnoringCase("Connection: close");
    }
  }
}
