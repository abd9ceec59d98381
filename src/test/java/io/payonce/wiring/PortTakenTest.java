package io.payonce.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PortTakenTest {
  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
  }

  @Test
  void a_taken_port_is_named_with_the_setting_that_names_another() throws Exception {
    for (Vertx vertx : new Vertx[] {Pod.vertx(), Vertx.vertx()}) {
      try {
        int port = listen(vertx, 0).actualPort();
        Future<?> second = Pod.vertx()
            .createHttpServer()
            .requestHandler(request -> {})
            .listen(port, "127.0.0.1")
            .mapEmpty()
            .recover(failure -> PortTaken.explain(failure, "server", port));
        assertThatThrownBy(() -> await(second))
            .hasMessageContaining("port " + port + " is taken")
            .hasMessageContaining("PAYONCE_SERVER_PORT");
      } finally {
        await(vertx.close());
      }
    }
  }

  private static io.vertx.core.http.HttpServer listen(Vertx vertx, int port) throws Exception {
    return await(vertx.createHttpServer().requestHandler(request -> {}).listen(port, "127.0.0.1"));
  }

  @Test
  void any_other_failure_stays_what_it_is() {
    RuntimeException other = new RuntimeException("no such address");
    assertThat(PortTaken.explain(other, "admin", 1).cause()).isSameAs(other);
  }
}
