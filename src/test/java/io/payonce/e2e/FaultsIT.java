package io.payonce.e2e;

import io.payonce.Overheard;
import io.payonce.ReadmeSection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What happens when Redis or a key is not as it should be: played, and written down as it was. */
class FaultsIT {
  private static final Path README = Path.of("src/test/README.md");

  /** Each fault has a pod of its own; Redis and platform are theirs in common. */
  private static List<Fault> all() {
    return Stream.of(RedisFaults.all(), KeyFaults.all()).flatMap(List::stream).toList();
  }

  @Test
  void what_broke_what_the_caller_heard_and_what_the_operator_saw() throws IOException {
    StringBuilder table = new StringBuilder();
    table.append("| what broke | what the caller heard | what the operator saw |\n|---|---|---|\n");
    try (Overheard log = Overheard.listen();
        TestPod testPod = new TestPod(Map.of(), 0)) {
      all().forEach(fault -> table.append(fault.row(testPod, log)));
    }
    new ReadmeSection(README, "faults").says(table.toString());
  }
}
