package io.payonce;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A test that failed is run once more, in the same JVM and in a second life of its class: whatever
 * the first has closed would be found closed.
 */
class SecondLifeTest {
  private static final Pattern CONSTANT = Pattern.compile("\\bstatic final \\S+ (\\w+) =");
  private static final Pattern END = Pattern.compile("@AfterAll\n(.*?)\n  }\n", Pattern.DOTALL);

  @Test
  void what_a_class_closes_at_its_end_it_opens_at_its_beginning() throws IOException {
    List<String> kept = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        String text = Files.readString(file);
        String end =
            String.join("", END.matcher(text).results().map(MatchResult::group).toList());
        CONSTANT
            .matcher(text)
            .results()
            .map(constant -> constant.group(1))
            .filter(name -> end.contains(name + ".close("))
            .forEach(name -> kept.add(file + ": " + name));
      }
    }
    assertThat(kept).isEmpty();
  }
}
