package io.payonce.admin;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.payonce.outcome.Outbox;
import io.payonce.outcome.Outbox.Redelivery;
import io.vertx.core.Future;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What an operator's repeat of a notification leaves in the log. */
class UndeliveredApiTest {
  private static final Logger LOG = (Logger) LoggerFactory.getLogger(UndeliveredApi.class);

  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    LOG.addAppender(lines);
  }

  @AfterEach
  void stop() {
    LOG.detachAppender(lines);
  }

  @Test
  void an_unknown_id_does_not_come_into_the_log() {
    assertThat(deliver("M1/x\nINFO all is well", Redelivery.UNKNOWN).status()).isEqualTo(404);
    assertThat(lines.list).isEmpty();
    assertThat(deliver("M1/id-1", Redelivery.DUE).status()).isEqualTo(200);
    assertThat(lines.list)
        .singleElement()
        .satisfies(line -> assertThat(line.getFormattedMessage()).contains("M1/id-1"));
  }

  private static AdminResponse deliver(String id, Redelivery redelivery) {
    Outbox outbox = (Outbox) Proxy.newProxyInstance(
        Outbox.class.getClassLoader(),
        new Class<?>[] {Outbox.class},
        (self, method, arguments) -> Future.succeededFuture(redelivery));
    String name =
        Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    return new UndeliveredApi(outbox, changed -> {})
        .deliver(name, Operator.LOCAL)
        .result();
  }
}
