package io.payonce.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A function that scripts have in common is put to where its name stands. Were something else
 * called so, too, that would be hidden or the function made for nothing.
 */
class LuaNamesTest {
  private static final Path SOURCES = Path.of("src/main/resources/io/payonce");

  private static final Pattern QUOTED =
      Pattern.compile("--[^\n]*|'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Pattern FUNCTION = Pattern.compile("\\bfunction (\\w+)");

  /** Parameters, variables of loops, and locals. */
  private static final Pattern VARIABLES = Pattern.compile(
      "\\bfunction\\s*\\w*\\(([\\w, ]*)|\\bfor ([\\w, ]+?)(?: in\\b|\\s*=)|\\blocal (?!function)([\\w, ]+)");

  /** The folders whose scripts are made of one library. */
  static Stream<List<String>> folders() {
    return Stream.of(
        List.of("ledger/redis", "ledger/journal"),
        List.of("limit"),
        List.of("renewal"),
        List.of("redis"));
  }

  private static Map<String, String> scripts(List<String> folders) throws IOException {
    Map<String, String> scripts = new TreeMap<>();
    for (String folder : folders) {
      try (Stream<Path> files = Files.list(SOURCES.resolve(folder))) {
        for (Path file : files.filter(each -> each.toString().endsWith(".lua")).toList()) {
          String text = QUOTED.matcher(Files.readString(file)).replaceAll("");
          scripts.put(folder + "/" + file.getFileName(), text);
        }
      }
    }
    return scripts;
  }

  private static Set<String> names(Pattern pattern, String text) {
    Set<String> names = new TreeSet<>();
    Matcher found = pattern.matcher(text);
    while (found.find()) {
      for (int i = 1; i <= found.groupCount(); i++) {
        if (found.group(i) != null) {
          Stream.of(found.group(i).split("\\W+")).forEach(names::add);
        }
      }
    }
    return names;
  }

  @ParameterizedTest
  @MethodSource("folders")
  void what_is_called_like_a_function_is_that_function(List<String> folders) throws IOException {
    Map<String, String> scripts = scripts(folders);
    assertThat(scripts).isNotEmpty();
    Set<String> functions = new TreeSet<>();
    scripts.values().forEach(text -> functions.addAll(names(FUNCTION, text)));
    scripts.forEach((name, text) -> {
      Set<String> both = names(VARIABLES, text);
      both.retainAll(functions);
      assertThat(both).as(name).isEmpty();
    });
  }

  @ParameterizedTest
  @MethodSource("folders")
  void no_two_functions_of_one_library_have_one_name(List<String> folders) throws IOException {
    Set<String> all = new TreeSet<>();
    scripts(folders)
        .forEach((name, text) -> FUNCTION
            .matcher(text)
            .results()
            .map(found -> found.group(1))
            .forEach(function ->
                assertThat(all.add(function)).as(name + ": " + function).isTrue()));
  }
}
