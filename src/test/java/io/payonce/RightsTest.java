package io.payonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.redis.CommandRight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of what Payonce may do at Redis, held against all that it does, and the documents. */
class RightsTest {
  private static final Pattern IN_SCRIPT = Pattern.compile("redis\\.p?call\\(\\s*['\"](\\w+)");
  private static final Pattern IN_CODE = Pattern.compile("Command\\.([A-Z]{3,})\\b");

  @Test
  void it_is_all_that_scripts_and_code_give_to_redis_and_no_more() {
    Set<String> given = new TreeSet<>();
    given.addAll(found(Path.of("src/main/resources"), ".lua", IN_SCRIPT));
    given.addAll(found(Path.of("src/main/java"), ".java", IN_SCRIPT));
    given.addAll(found(Path.of("src/main/java"), ".java", IN_CODE));
    // The client library gives it, for a database in the address.
    given.add("SELECT");
    assertThat(Arrays.stream(CommandRight.values()).map(CommandRight::name))
        .as("a new command of Redis stands in Right, and its line goes into k8s/README.md")
        .containsExactlyInAnyOrderElementsOf(given);
  }

  @Test
  void the_documents_have_it() throws IOException {
    String rules = "```\n"
        + "ACL SETUSER payonce on >PASSWORD " + CommandRight.acl("payonce") + "\n"
        + "# where sentinels have users of their own, on each of them:\n"
        + "ACL SETUSER payonce on >PASSWORD " + CommandRight.sentinelAcl() + "\n"
        + "```\n";
    new ReadmeSection(Path.of("k8s/README.md"), "acl").says(rules);
  }

  private static Set<String> found(Path folder, String ending, Pattern pattern) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .map(RightsTest::text)
          .flatMap(text -> pattern.matcher(text).results().map(hit -> hit.group(1)))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
