package io.payonce.http.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.impl.buffer.VertxByteBufAllocator;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Ends the process when its memory has run out, however it was started: a pod without memory is
 * worth less than none, and the ledger hands its payments to the others. The JVM's own flag
 * (ExitOnOutOfMemoryError) does so for the heap only, not for direct memory, which the JDK and
 * Netty count by themselves; and it cannot be set in a jar.
 */
public final class OutOfMemoryExit {
  /** As the JVM itself ends with its flag. */
  static final int EXIT_CODE = 3;

  /**
   * Between two looks whether there is memory at all. Where an OutOfMemoryError is met it ends the
   * process at once; this is for those that a library swallowed.
   */
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** What one more body would take: without that no call can be served. */
  private static final int PROBE_BYTES = 256 * 1024;

  private static final int DEEPEST_CAUSE = 16;

  private static final byte[] LAST_WORDS =
      "Memory has run out: the process ends, its payments are finished by others\n"
          .getBytes(StandardCharsets.US_ASCII);

  private static volatile boolean watched;
  private static volatile Thread last;
  private static volatile boolean ending;
  private static volatile byte[] probe;

  private OutOfMemoryExit() {}

  /** From now on, in the whole process. */
  public static synchronized void endsTheProcess() {
    if (watched) {
      return;
    }
    watched = true;
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
      met(failure);
      LoggerFactory.getLogger(OutOfMemoryExit.class).error("{} ended", thread.getName(), failure);
    });
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.addTurboFilter(new Reader());
    }
    last = begun("payonce-end", OutOfMemoryExit::endAfterAll);
    begun("payonce-memory", OutOfMemoryExit::look);
  }

  private static Thread begun(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Takes a failure; to be called from wherever failures would end unseen. */
  public static void met(Throwable failure) {
    if (!watched) {
      return;
    }
    Throwable each = failure;
    for (int i = 0; i < DEEPEST_CAUSE && each != null; i++) {
      if (each instanceof OutOfMemoryError) {
        end();
      }
      each = each.getCause();
    }
  }

  /** Takes no memory. */
  private static void end() {
    ending = true;
    LockSupport.unpark(last);
    try (FileOutputStream err = new FileOutputStream(FileDescriptor.err)) {
      err.write(LAST_WORDS);
    } catch (IOException | OutOfMemoryError e) {
      // Nothing can be said: the exit code says it.
    } finally {
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }

  /** Where the last words have no reader, saying them takes for ever. */
  private static void endAfterAll() {
    while (!ending) {
      LockSupport.park();
    }
    LockSupport.parkNanos(LOOK_NANOS);
    Runtime.getRuntime().halt(EXIT_CODE);
  }

  private static void look() {
    while (true) {
      LockSupport.parkNanos(LOOK_NANOS);
      try {
        probe = new byte[PROBE_BYTES];
        probe = null;
        VertxByteBufAllocator.POOLED_ALLOCATOR.directBuffer(PROBE_BYTES).release();
      } catch (OutOfMemoryError e) {
        end();
      }
    }
  }

  /** Sees what is written into the log, or would be at another level. */
  private static final class Reader extends TurboFilter {
    @Override
    public FilterReply decide(
        Marker marker,
        Logger logger,
        Level level,
        String format,
        Object[] parameters,
        Throwable thrown) {
      met(thrown);
      return FilterReply.NEUTRAL;
    }
  }

  /** Sees what a connection meets, which would not be noticed otherwise. */
  static ChannelHandler onConnections() {
    return OnConnections.INSTANCE;
  }

  @Sharable
  private static final class OnConnections extends ChannelInboundHandlerAdapter {
    private static final OnConnections INSTANCE = new OnConnections();

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
      met(failure);
      context.fireExceptionCaught(failure);
    }
  }
}
