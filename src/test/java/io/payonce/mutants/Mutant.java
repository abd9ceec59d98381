package io.payonce.mutants;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One rule taken away.
 *
 * @param rule what the program no longer keeps
 * @param file below src/main, a Java source or a resource
 * @param text what is there exactly once (any white space counts as one blank)
 * @param instead what stands there in the mutant
 * @param killer the test that must fail: {@code package.Class#method} or a whole
 *     {@code package.Class}
 */
public record Mutant(String rule, String file, String text, String instead, String killer) {
  private static final Path MAIN = Path.of("src", "main");

  Path path() {
    return MAIN.resolve(file);
  }

  boolean isJava() {
    return file.endsWith(".java");
  }

  /** Where the file ends up on the class path. */
  String resource() {
    return file.substring(file.indexOf('/') + 1);
  }

  String killerClass() {
    return killer.contains("#") ? killer.substring(0, killer.indexOf('#')) : killer;
  }

  /** How often the text occurs in the file as it is: must be 1. */
  long occurrences() throws IOException {
    return pattern().matcher(Files.readString(path())).results().count();
  }

  /** The file with the rule taken away. */
  String mutated() throws IOException {
    return pattern()
        .matcher(Files.readString(path()))
        .replaceFirst(Matcher.quoteReplacement(instead));
  }

  /** The methods of a test, those of the contract it is run under included. */
  static Stream<Method> tests(Class<?> test) {
    return Stream.<Class<?>>iterate(test, Objects::nonNull, Class::getSuperclass)
        .flatMap(each -> Arrays.stream(each.getDeclaredMethods()));
  }

  private Pattern pattern() {
    return Pattern.compile(Arrays.stream(text.strip().split("\\s+"))
        .map(Pattern::quote)
        .collect(Collectors.joining("\\s+")));
  }

  @Override
  public String toString() {
    return rule;
  }
}
