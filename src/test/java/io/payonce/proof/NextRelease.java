package io.payonce.proof;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/**
 * A later version of the program, made from today's sources: its records say more than today's
 * program reads, and it reads both. What it changes comes first on its class path.
 */
final class NextRelease {
  private static final Path LUA = Path.of("src/main/resources/io/payonce/ledger/redis");
  private static final Path JAVA = Path.of("src/main/java/io/payonce/ledger/redis");

  private NextRelease() {}

  /** The class path of the later version. */
  static String in(Path folder) {
    try {
      Path sources = Files.createDirectories(folder.resolve("sources"));
      Path classes = Files.createDirectories(folder.resolve("classes"));
      Path scripts = Files.createDirectories(classes.resolve("io/payonce/ledger/redis"));
      change(
          LUA.resolve("begin.lua"),
          scripts,
          Map.of("'is', version(operation) ..", "'later', 'word', 'is', '3' .."));
      change(
          LUA.resolve("packed.lua"), scripts, Map.of("form ~= '1'", "form ~= '3' and form ~= '1'"));
      Path terms = change(
          JAVA.resolve("FixedFields.java"),
          sources,
          Map.of("Set.of(\"1\", \"2\")", "Set.of(\"1\", \"2\", \"3\")"));
      compile(classes, List.of(terms.toString()));
      return classes + File.pathSeparator + System.getProperty("java.class.path");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path change(Path file, Path folder, Map<String, String> changes)
      throws IOException {
    String text = Files.readString(file);
    for (var change : changes.entrySet()) {
      if (!text.contains(change.getKey())) {
        throw new IllegalStateException(file + " no longer says " + change.getKey());
      }
      text = text.replace(change.getKey(), change.getValue());
    }
    return Files.writeString(folder.resolve(file.getFileName()), text);
  }

  private static void compile(Path classes, List<String> sources) {
    String here = System.getProperty("java.class.path");
    List<String> arguments =
        new ArrayList<>(List.of("-proc:none", "-d", classes.toString(), "-cp", here));
    arguments.addAll(sources);
    if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new))
        != 0) {
      throw new IllegalStateException("the next release does not compile");
    }
  }
}
