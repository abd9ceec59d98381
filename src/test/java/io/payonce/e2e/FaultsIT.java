package io.payonce.e2e;

import io.payonce.Overheard;
import io.payonce.ReadmeSection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What happens when Redis or a key is not as it should be: played, and written down as it was. */
class FaultsIT {
  private static final Path README = Path.of("src/test/README.md");

  private static final String HEAD =
      "| what broke | what the caller got | what the operator saw |\n|---|---|---|\n";

  /** Both kinds at once, for they mostly wait. */
  @Test
  void what_broke_what_the_caller_got_and_what_the_operator_saw() throws IOException {
    try (Overheard ofRedis = Overheard.listen();
        Overheard ofKeys = Overheard.listen()) {
      CompletableFuture<String> keys = CompletableFuture.supplyAsync(
          () -> played(KeyFaults.all(), ofKeys), task -> new Thread(task).start());
      String redis = played(RedisFaults.all(), ofRedis);
      new ReadmeSection(README, "faults").says(HEAD + redis + keys.join());
    }
  }

  /** Each fault has a pod of its own; Redis and platform are theirs in common. */
  private static String played(List<Fault> faults, Overheard log) {
    try (TestPod testPod = new TestPod(Map.of(), 0)) {
      return faults.stream().map(fault -> fault.row(testPod, log)).collect(Collectors.joining());
    }
  }
}
