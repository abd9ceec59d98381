package io.payonce.command;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.joran.spi.JoranException;
import io.payonce.settings.Settings;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.MDC;

/** What a log line looks like in either format, written through the jar's own configuration. */
class JsonLinesTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final LoggerContext context = new LoggerContext();
  private OutputStreamAppender<ILoggingEvent> stdout;

  @BeforeEach
  void configure() throws JoranException {
    context.setMDCAdapter(MDC.getMDCAdapter());
    var joran = new ch.qos.logback.classic.joran.JoranConfigurator();
    joran.setContext(context);
    joran.doConfigure(JsonLinesTest.class.getResource("/logback.xml"));
    stdout = (OutputStreamAppender<ILoggingEvent>)
        context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("stdout");
    stdout.setOutputStream(written);
  }

  @AfterEach
  void stop() {
    context.stop();
    MDC.clear();
  }

  @Test
  void plain_is_one_line_an_event_with_the_trace_id_in_brackets() {
    assertThat(stdout.getEncoder()).isInstanceOf(PatternLayoutEncoder.class);
    say();
    assertThat(text())
        .matches("\\S+T\\S+ INFO  a\\.b\\.Spoken \\[0af7\\] sale M1/pay-1: \"paid\"\\R");
  }

  @Test
  void json_is_one_flat_object_a_line() {
    json();
    say();
    assertThat(text()).endsWith("}\n").hasLineCount(1);
    JsonObject line = new JsonObject(text());
    assertThat(Instant.parse(line.getString("time"))).isBefore(Instant.now().plusSeconds(1));
    line.remove("time");
    assertThat(line)
        .isEqualTo(new JsonObject()
            .put("level", "INFO")
            .put("logger", "a.b.Spoken")
            .put("thread", Thread.currentThread().getName())
            .put("message", "sale M1/pay-1: \"paid\"")
            .put("traceId", "0af7")
            .put("outcome", "paid")
            .put("attempts", 1));
  }

  @Test
  void what_was_thrown_stays_on_the_line_of_its_event() {
    json();
    context.getLogger("a.b.Spoken").error("two\nlines\u0007", new IllegalStateException("why"));
    assertThat(text()).hasLineCount(1);
    JsonObject line = new JsonObject(text());
    assertThat(line.getString("message")).isEqualTo("two\nlines\u0007");
    assertThat(line.getString("error"))
        .startsWith("java.lang.IllegalStateException: why")
        .contains("\tat io.payonce.command.JsonLinesTest");
  }

  @Test
  void plain_is_left_as_it_is() {
    Encoder<ILoggingEvent> before = stdout.getEncoder();
    LogFormat.format(context, new Settings.Log("plain", true));
    assertThat(stdout.getEncoder()).isSameAs(before);
  }

  private void json() {
    LogFormat.format(context, new Settings.Log("json", false));
  }

  private void say() {
    MDC.put("traceId", "0af7");
    context
        .getLogger("a.b.Spoken")
        .atInfo()
        .addKeyValue("outcome", "paid")
        .addKeyValue("attempts", 1)
        .log("{} {}: \"{}\"", "sale", "M1/pay-1", "paid");
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }
}
