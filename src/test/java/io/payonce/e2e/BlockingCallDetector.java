package io.payonce.e2e;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingMethod;

/**
 * Notes every call on an event loop of this JVM that may block or that keeps a core busy for long,
 * by its kind and not by its duration: files, sockets of the JDK, name look-ups, processes, sleeps,
 * waiting for another thread, and RSA with a private key. What one test has done is forgotten
 * before the next.
 */
final class BlockingCallDetector
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback {
  private static final String LOOP = "vert.x-eventloop-thread-";

  private static final List<Blocked> CAUGHT = new CopyOnWriteArrayList<>();

  @Override
  public void beforeAll(ExtensionContext test) {
    release();
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    CAUGHT.clear();
  }

  @Override
  public void afterEach(ExtensionContext test) {
    CAUGHT.clear();
  }

  /** @param stack from the blocking call outwards */
  record Blocked(String method, List<StackTraceElement> stack) {
    private boolean isExcused() {
      return stack.stream()
          .anyMatch(frame -> isOnce(frame) || isMutex(frame) || isRandom(frame) || isIdle(frame));
    }

    /**
     * A class is loaded, linked and initialised once in the life of a process, and a verticle
     * starts once, before the pod serves any call.
     */
    private static boolean isOnce(StackTraceElement frame) {
      return frame.getMethodName().equals("<clinit>")
          || (frame.getClassName() + "." + frame.getMethodName())
              .equals("io.vertx.core.VerticleBase.deploy")
          || frame.getClassName().startsWith("java.lang.invoke.")
          || frame.getClassName().startsWith("jdk.internal.loader.")
          || frame.getClassName().equals("java.lang.ClassLoader");
    }

    /** Whoever holds it is at work; waiting for an event, a result or a turn is none of these. */
    private static boolean isMutex(StackTraceElement frame) {
      return frame.getMethodName().equals("lock")
              && frame.getClassName().startsWith("java.util.concurrent.locks.Reentrant")
          || frame.getMethodName().equals("writeLock") // of Netty's buffers, as a thread ends
              && frame.getClassName().equals("java.util.concurrent.locks.StampedLock");
    }

    /** Linux gives random bytes at once, as long as it has been up for a second. */
    private static boolean isRandom(StackTraceElement frame) {
      return frame.getClassName().startsWith("sun.security.provider.NativePRNG");
    }

    /** The loop has nothing to do. */
    private static boolean isIdle(StackTraceElement frame) {
      return frame.getClassName().startsWith("io.netty.channel.epoll.Native")
          || frame.getClassName().startsWith("sun.nio.ch.SelectorImpl");
    }

    @Override
    public String toString() {
      return stack.stream()
          .filter(frame -> !frame.getClassName().startsWith("io.netty."))
          .limit(30)
          .map(frame -> "\n    " + frame)
          .collect(Collectors.joining("", method, "\n"));
    }
  }

  /** From now on and for the whole JVM; before the first event loop is made. */
  private static void release() {
    BlockHound.builder()
        .nonBlockingThreadPredicate(any -> thread -> thread.getName().startsWith(LOOP))
        .blockingMethodCallback(BlockingCallDetector::bark)
        // Files.readString and its like, past the streams that BlockHound knows by itself.
        .markAsBlocking("sun.nio.fs.UnixNativeDispatcher", "open", "(Lsun/nio/fs/UnixPath;II)I")
        .markAsBlocking(
            "java.net.InetAddress",
            "getAddressesFromNameService",
            "(Ljava/lang/String;Ljava/net/InetAddress;)[Ljava/net/InetAddress;")
        .markAsBlocking( // the same since Java 18
            "java.net.InetAddress",
            "getAddressesFromNameService",
            "(Ljava/lang/String;)[Ljava/net/InetAddress;")
        .markAsBlocking(
            "sun.security.rsa.RSACore",
            "crtCrypt",
            "([BLjava/security/interfaces/RSAPrivateCrtKey;Z)[B")
        .markAsBlocking(
            "sun.security.rsa.RSACore",
            "priCrypt",
            "([BLjava/math/BigInteger;Ljava/math/BigInteger;)[B")
        .install();
  }

  static List<Blocked> caught() {
    return List.copyOf(CAUGHT);
  }

  /** The kinds, such as {@code java.lang.Thread.sleep}. */
  static Set<String> kinds() {
    return CAUGHT.stream().map(Blocked::method).collect(Collectors.toSet());
  }

  private static void bark(BlockingMethod method) {
    List<StackTraceElement> stack = Stream.of(Thread.currentThread().getStackTrace())
        .dropWhile(frame -> !frame.getClassName().startsWith("reactor.blockhound."))
        .dropWhile(frame -> frame.getClassName().startsWith("reactor.blockhound."))
        .toList();
    Blocked blocked = new Blocked(method.getClassName() + "." + method.getName(), stack);
    if (!blocked.isExcused()) {
      CAUGHT.add(blocked);
    }
  }
}
