package io.payonce.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/**
 * Scenarios that mostly wait: they run at the same time, and each is reported as a test of its own.
 */
final class ParallelScenarios {
  private final ExecutorService threads;
  private final List<DynamicContainer> groups = new ArrayList<>();
  private List<DynamicTest> tests = new ArrayList<>();

  /** @param atOnce few enough that a slow machine answers each within its timeouts */
  ParallelScenarios(int atOnce) {
    threads = Executors.newFixedThreadPool(atOnce, work -> {
      Thread thread = new Thread(work, "scenario");
      thread.setDaemon(true);
      return thread;
    });
  }

  /** What {@code scenarios} adds is shown under this sentence. */
  ParallelScenarios group(String sentence, Consumer<ParallelScenarios> scenarios) {
    tests = new ArrayList<>();
    scenarios.accept(this);
    groups.add(DynamicContainer.dynamicContainer(sentence, tests));
    return this;
  }

  ParallelScenarios add(String sentence, Executable scenario) {
    Future<Throwable> running = threads.submit(() -> failure(scenario));
    tests.add(DynamicTest.dynamicTest(sentence, () -> join(running)));
    return this;
  }

  List<DynamicContainer> groups() {
    threads.shutdown();
    return groups;
  }

  private static Throwable failure(Executable scenario) {
    try {
      scenario.execute();
      return null;
    } catch (Throwable thrown) {
      return thrown;
    }
  }

  private static void join(Future<Throwable> running) throws Throwable {
    Throwable thrown = running.get();
    if (thrown != null) {
      throw thrown;
    }
  }
}
