package io.payonce.logs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.slf4j.LoggerFactory;

/**
 * Judges the errors that the program logs while the tests of a class run, see {@link Logs}. What a
 * pod logs late, while another test of the class runs already, is judged at the end of the class.
 * What a class says of itself has to come when all its tests have run, and not when a failed one
 * runs again alone.
 */
public final class ErrorWatch implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  /** What is said of a worker's task that outlives Vert.x, and of calls that its end cuts off. */
  private static final List<String> CLOSED =
      List.of("RejectedExecutionException: event executor terminated", "LeanCancellationException");

  private static final Set<String> ERRORS = ConcurrentHashMap.newKeySet();
  private static final Set<Method> RUN = ConcurrentHashMap.newKeySet();

  static {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
      @Override
      protected void append(ILoggingEvent event) {
        String text = event.getLoggerName() + ": " + event.getFormattedMessage() + thrown(event);
        if (event.getLevel().isGreaterOrEqual(Level.ERROR)
            && CLOSED.stream().noneMatch(text::contains)) {
          ERRORS.add(text);
        }
      }
    };
    appender.setContext(root.getLoggerContext());
    appender.start();
    root.addAppender(appender);
  }

  @Override
  public void beforeAll(ExtensionContext test) {
    if (!isNested(test)) {
      ERRORS.clear();
      RUN.clear();
    }
  }

  @Override
  public void afterEach(ExtensionContext test) {
    RUN.add(test.getRequiredTestMethod());
    if (test.getExecutionException().isEmpty()) {
      test.getElement().ifPresent(method -> announced(method, test));
    }
  }

  @Override
  public void afterAll(ExtensionContext test) {
    if (isNested(test)) {
      return;
    }
    Class<?> type = test.getRequiredTestClass();
    if (RUN.containsAll(tests(type))) {
      announced(type, test);
    }
    List<Logs> named = named(type).toList();
    List<String> strange = ERRORS.stream()
        .filter(error -> named.stream().noneMatch(logs -> error.contains(logs.value())))
        .toList();
    if (!strange.isEmpty()) {
      throw new AssertionError("logged as errors, and no test says so: " + strange);
    }
  }

  private static void announced(AnnotatedElement element, ExtensionContext test) {
    for (Logs logs : element.getAnnotationsByType(Logs.class)) {
      if (!logs.maybe() && ERRORS.stream().noneMatch(error -> error.contains(logs.value()))) {
        throw new AssertionError(test.getDisplayName() + " did not log: " + logs.value());
      }
    }
  }

  private static Set<Method> tests(Class<?> type) {
    Set<Method> tests = new HashSet<>(ReflectionSupport.findMethods(
        type,
        method -> AnnotationSupport.isAnnotated(method, Testable.class),
        HierarchyTraversalMode.TOP_DOWN));
    for (Class<?> nested : ReflectionSupport.findNestedClasses(
        type, each -> AnnotationSupport.isAnnotated(each, Nested.class))) {
      tests.addAll(tests(nested));
    }
    return tests;
  }

  /** Of the class, of its tests and of those it inherits. */
  private static Stream<Logs> named(Class<?> type) {
    List<AnnotatedElement> elements = new ArrayList<>();
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      elements.add(each);
      elements.addAll(Arrays.asList(each.getDeclaredMethods()));
      elements.addAll(Arrays.asList(each.getDeclaredClasses()));
    }
    return elements.stream().flatMap(each -> Stream.of(each.getAnnotationsByType(Logs.class)));
  }

  private static String thrown(ILoggingEvent event) {
    IThrowableProxy thrown = event.getThrowableProxy();
    return thrown == null ? "" : " (" + thrown.getClassName() + ": " + thrown.getMessage() + ")";
  }

  private static boolean isNested(ExtensionContext test) {
    return test.getRequiredTestClass().getEnclosingClass() != null;
  }
}
