package io.payonce.sandbox;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Finds a redis-server that runs here: the one that {@link #ASKED_FOR} names, else the bundled one,
 * unpacked once into the user's cache, else one on the PATH.
 */
final class RedisBinary {

  /** A file, or a name that is looked for on the PATH: {@code valkey-server}, for example. */
  static final String ASKED_FOR = "payonce.redisServer";

  private static final List<String> NAMES = List.of("redis-server", "valkey-server");
  private static Path found;

  private RedisBinary() {}

  /** @throws IllegalStateException when there is none, with what was tried and what to do */
  static synchronized Path find() {
    if (found == null) {
      StringBuilder tried = new StringBuilder();
      String askedFor = System.getProperty(ASKED_FOR, "");
      found = askedFor.isEmpty() ? bundled(tried) : onPath(List.of(askedFor), tried);
      found = found == null && askedFor.isEmpty() ? onPath(NAMES, tried) : found;
      if (found == null) {
        throw new IllegalStateException("No redis-server runs here:" + tried
            + " Install redis-server or valkey-server, or name a running Redis in redis.uris.");
      }
    }
    return found;
  }

  private static Path bundled(StringBuilder tried) {
    String name = resourceName();
    if (name == null) {
      tried.append(" none is bundled for this platform.");
      return null;
    }
    try {
      Path file = unpack(name);
      return runs(file, tried) ? file : null;
    } catch (IOException e) {
      tried.append(" the bundled one cannot be unpacked (").append(e).append(").");
      return null;
    }
  }

  private static Path onPath(List<String> names, StringBuilder tried) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      for (String name : names) {
        Path file = Path.of(folder).resolve(name);
        if (Files.isExecutable(file) && runs(file, tried)) {
          return file;
        }
      }
    }
    tried.append(" not on the PATH: ").append(String.join(", ", names)).append('.');
    return null;
  }

  /** The file names inside the embedded-redis artifact. */
  private static String resourceName() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    boolean arm = arch.equals("aarch64") || arch.equals("arm64");
    boolean intel = arch.equals("amd64") || arch.equals("x86_64");
    if (os.contains("linux") && (arm || intel)) {
      return arm ? "redis-server-6.2.7-linux-arm64" : "redis-server-6.2.6-v5-linux-amd64";
    }
    if (os.contains("mac") && (arm || intel)) {
      return "redis-server-6.2.6-v5-darwin-" + (arm ? "arm64" : "amd64");
    }
    return null;
  }

  private static Path unpack(String name) throws IOException {
    try (InputStream in = RedisBinary.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new IOException(name + " is not on the class path");
      }
      byte[] content = in.readAllBytes();
      Path file = cache().resolve(name);
      if (!Files.isExecutable(file) || Files.size(file) != content.length) {
        Path fresh = Files.createTempFile(file.getParent(), name, ".new");
        Files.write(fresh, content);
        if (!fresh.toFile().setExecutable(true)) {
          throw new IOException("cannot make " + fresh + " executable");
        }
        // Whole or not at all, though several of us may start at once.
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      }
      return file;
    }
  }

  /** A folder only the user writes to: a binary in a shared one could come from any user. */
  private static Path cache() throws IOException {
    String home = System.getenv("XDG_CACHE_HOME");
    Path base = home != null && !home.isBlank()
        ? Path.of(home)
        : Path.of(System.getProperty("user.home"), ".cache");
    try {
      return Files.createDirectories(base.resolve("payonce"));
    } catch (IOException e) {
      Path folder = Files.createTempDirectory("payonce-redis-server-");
      folder.toFile().deleteOnExit();
      return folder;
    }
  }

  private static boolean runs(Path file, StringBuilder tried) {
    try {
      Process process = new ProcessBuilder(file.toString(), "--version")
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      if (process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0) {
        return true;
      }
      process.destroyForcibly();
      tried.append(' ').append(file).append(" does not start (exit code or library missing).");
    } catch (IOException e) {
      tried
          .append(' ')
          .append(file)
          .append(" does not run (")
          .append(e.getMessage())
          .append(").");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
