package io.payonce.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

/** Log lines whose reader stalls, through the jar's own configuration. */
@Timeout(60)
class LogQueueTest {
  private static final Pattern MISSING = Pattern.compile(" (\\d+) log lines are missing here");

  private final CountDownLatch read = new CountDownLatch(1);
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final OutputStream stalled = new OutputStream() {
    @Override
    public void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      whenRead();
      written.write(bytes, from, length);
    }
  };
  private final LoggerContext context = new LoggerContext();

  @BeforeEach
  void configure() throws JoranException {
    context.setMDCAdapter(MDC.getMDCAdapter());
    configure(LogQueueTest.class.getResource("/logback.xml"));
    ((OutputStreamAppender<ILoggingEvent>) root().getAppender("stdout")).setOutputStream(stalled);
  }

  private void configure(URL file) throws JoranException {
    context.reset();
    JoranConfigurator joran = new JoranConfigurator();
    joran.setContext(context);
    joran.doConfigure(file);
  }

  @AfterEach
  void stop() {
    read.countDown();
    context.stop();
    MDC.clear();
  }

  @Test
  void who_logs_does_not_wait_for_who_reads_and_what_is_missing_is_said() {
    LogQueue.put(context, 16);
    say(0, 200);
    read.countDown();
    await().untilAsserted(() -> assertThat(queue().getNumberOfElementsInQueue()).isZero());
    say(200, 201);
    LogQueue.end(context);
    List<String> lines = lines();
    long missing = MISSING
        .matcher(String.join("\n", lines))
        .results()
        .mapToLong(LogQueueTest::count)
        .sum();
    assertThat(missing).isGreaterThan(100);
    assertThat(lines.stream().filter(line -> line.contains(" line ")).count() + missing)
        .isEqualTo(201);
    assertThat(lines.get(0)).endsWith(" line 0");
    assertThat(lines.get(lines.size() - 1)).endsWith(" line 200");
  }

  @Test
  void what_was_taken_is_written_in_its_order_before_the_end_with_all_that_was_known_then() {
    LogQueue.put(context);
    MDC.put("traceId", "0af7");
    say(0, 50);
    MDC.clear();
    read.countDown();
    LogQueue.end(context);
    assertThat(lines()).hasSize(50).allMatch(line -> line.contains(" [0af7] "));
    assertThat(lines().get(49)).endsWith(" line 49");
  }

  @Test
  void the_end_does_not_wait_for_who_reads_either() {
    LogQueue.put(context);
    say(0, 1);
    LogQueue.end(context);
    assertThat(lines()).isEmpty();
  }

  @Test
  void what_a_users_own_file_holds_back_is_written_too(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("payonce.log");
    Path file = Files.writeString(folder.resolve("logback.xml"), """
        <configuration>
          <appender name="file" class="ch.qos.logback.core.FileAppender">
            <file>%s</file>
            <immediateFlush>false</immediateFlush>
            <encoder><pattern>%%msg%%n</pattern></encoder>
          </appender>
          <appender name="queue" class="ch.qos.logback.classic.AsyncAppender">
            <neverBlock>true</neverBlock>
            <appender-ref ref="file"/>
          </appender>
          <logger name="a.b" level="INFO"><appender-ref ref="queue"/></logger>
        </configuration>
        """.formatted(log));
    configure(file.toUri().toURL());
    say(0, 100);
    LogQueue.end(context);
    assertThat(log).content().endsWith("line 99\n");
  }

  @Test
  void the_end_waits_for_no_reader_of_a_users_own_appender_either() {
    Thread writer = new Thread(() -> say(0, 1));
    writer.start();
    await().until(() -> writer.getState() == Thread.State.WAITING);
    LogQueue.end(context);
    assertThat(lines()).isEmpty();
  }

  /** What is stuck in the system is not to be interrupted. */
  private void whenRead() {
    boolean over = false;
    while (!over) {
      try {
        read.await();
        over = true;
      } catch (InterruptedException asked) {
        // It waits on.
      }
    }
  }

  private void say(int from, int until) {
    Logger logger = context.getLogger("a.b.Spoken");
    IntStream.range(from, until).forEach(number -> logger.info("line {}", number));
  }

  private static long count(MatchResult line) {
    return Long.parseLong(line.group(1));
  }

  private LogQueue queue() {
    return (LogQueue) root().getAppender("stdout");
  }

  private Logger root() {
    return context.getLogger(Logger.ROOT_LOGGER_NAME);
  }

  private List<String> lines() {
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
