package io.payonce.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.payonce.logs.Logs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Plants every mutant and shows that its test dies of it. Run by {@code ./mvnw -Pmutants test};
 * {@code -Dmutants.killer=package.Class} sets one other test against all of them,
 * {@code -Dmutants.only=settle.lua} hunts those of such a file or rule.
 */
@Logs(value = "", maybe = true) // what a mutant or its killer logs is judged inside
class MutantHunt {
  /** A mutant may loop for ever: that is noticed too, and ends the run with a name. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private static final String ONE_KILLER = System.getProperty("mutants.killer");

  private static final String ONLY = System.getProperty("mutants.only", "");

  @TempDir
  Path scratch;

  @TestFactory
  Stream<DynamicTest> every_killer_lives_on_the_program_as_it_is() {
    return hunted()
        .map(MutantHunt::killer)
        .distinct()
        .map(killer -> DynamicTest.dynamicTest(killer, () -> lives(killer)));
  }

  @TestFactory
  Stream<DynamicTest> every_mutant_is_killed_by_its_test() {
    return hunted().map(mutant -> DynamicTest.dynamicTest(mutant.rule(), () -> dies(mutant)));
  }

  private static Stream<Mutant> hunted() {
    return Mutants.all().stream().filter(mutant -> (mutant.file() + mutant.rule()).contains(ONLY));
  }

  private void lives(String killer) throws Exception {
    try (Specimen program = Specimen.healthy(scratch.resolve("healthy"))) {
      TestExecutionSummary summary = run(program, killer);
      assertThat(summary.getTestsSucceededCount()).as(killer + " ran").isPositive();
      assertThat(summary.getTestsFailedCount()).isZero();
    }
  }

  private void dies(Mutant mutant) throws Exception {
    Path folder = scratch.resolve("mutant-" + Mutants.all().indexOf(mutant));
    try (Specimen program = Specimen.of(mutant, folder)) {
      assertThat(run(program, killer(mutant)).getTestsFailedCount())
          .as("%s does not notice: %s", killer(mutant), mutant)
          .isPositive();
    }
  }

  private static String killer(Mutant mutant) {
    return ONE_KILLER == null ? mutant.killer() : ONE_KILLER;
  }

  private static TestExecutionSummary run(Specimen program, String killer) {
    return assertTimeoutPreemptively(LONGEST, () -> launch(program, killer));
  }

  private static TestExecutionSummary launch(Specimen program, String killer) throws Exception {
    Thread.currentThread().setContextClassLoader(program);
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(select(program, killer))
                .build(),
            listener);
    return listener.getSummary();
  }

  private static DiscoverySelector select(Specimen program, String killer) throws Exception {
    String[] parts = killer.split("#");
    Class<?> test = program.loadClass(parts[0]);
    if (parts.length == 1) {
      return selectClass(test);
    }
    return Mutant.tests(test)
        .filter(method -> method.getName().equals(parts[1]))
        .map(method -> selectMethod(test, method))
        .findFirst()
        .orElseThrow();
  }
}
