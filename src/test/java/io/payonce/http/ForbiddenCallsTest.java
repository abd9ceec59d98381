package io.payonce.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.payonce.flow.port.CallOutcome;
import io.payonce.flow.port.Outbound;
import io.payonce.json.ProxyEnvelope;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ForbiddenCallsTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(ForbiddenCalls.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final ForbiddenCalls calls = new ForbiddenCalls(nanos::get);

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
    logger.setAdditive(false);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(lines);
    logger.setAdditive(true);
  }

  private void refused(String client) {
    calls.answered(client, answer(CallOutcome.FORBIDDEN));
  }

  private static Outbound answer(CallOutcome outcome) {
    return Outbound.refusal(ProxyEnvelope.refusal("S06", "no", "t"), outcome);
  }

  @Test
  void each_client_is_named_at_once_and_then_seldom() {
    refused("till");
    refused("till");
    refused("shop");
    nanos.addAndGet(ForbiddenCalls.PAUSE_NANOS - 1);
    refused("till");
    assertThat(lines.list).hasSize(2);
    nanos.addAndGet(1);
    refused("till");
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .satisfiesExactly(
            first -> assertThat(first).startsWith("client till ").contains("0 more"),
            other -> assertThat(other).startsWith("client shop "),
            again -> assertThat(again).startsWith("client till ").contains("2 more"));
  }

  @Test
  void of_other_answers_nothing_is_said() {
    calls.answered(null, answer(CallOutcome.INVALID));
    calls.answered("till", answer(CallOutcome.PAID));
    assertThat(lines.list).isEmpty();
  }
}
