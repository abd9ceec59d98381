package io.payonce.mutants;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The program with one mutant in it: its one changed file compiled (or copied) into a folder of its
 * own that comes before everything else, under a class loader of its own.
 */
final class Specimen extends URLClassLoader {
  private static final String OURS = "io.payonce.";
  private static final Path CLASSES = Path.of("target", "classes");
  private static final Path TEST_CLASSES = Path.of("target", "test-classes");

  private Specimen(Path changed) throws MalformedURLException {
    super(
        new URL[] {
          changed.toUri().toURL(), CLASSES.toUri().toURL(), TEST_CLASSES.toUri().toURL()
        },
        Specimen.class.getClassLoader());
  }

  /** The program as it is, to see that a killer lives when nothing is wrong. */
  static Specimen healthy(Path folder) throws IOException {
    return new Specimen(Files.createDirectories(folder));
  }

  static Specimen of(Mutant mutant, Path folder) throws IOException {
    if (mutant.isJava()) {
      compile(mutant, folder);
    } else {
      Path copy = folder.resolve(mutant.resource());
      Files.createDirectories(copy.getParent());
      Files.writeString(copy, mutant.mutated());
    }
    return new Specimen(folder);
  }

  private static void compile(Mutant mutant, Path folder) throws IOException {
    Path source = folder.resolve("source").resolve(mutant.resource());
    Files.createDirectories(source.getParent());
    Files.writeString(source, mutant.mutated());
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
      List<String> options = List.of(
          "--release",
          "17",
          "-proc:none",
          "-parameters",
          "-nowarn",
          "-d",
          folder.toString(),
          "-cp",
          CLASSES + java.io.File.pathSeparator + System.getProperty("java.class.path"));
      boolean compiled = javac
          .getTask(null, files, null, options, null, files.getJavaFileObjects(source))
          .call();
      if (!compiled) {
        throw new IllegalStateException("the mutant does not compile: " + mutant);
      }
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : findClass(name);
    }
  }

  @Override
  public URL getResource(String name) {
    URL own = findResource(name);
    return own != null ? own : super.getResource(name);
  }
}
