package io.payonce.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A program that runs to its end, and what it prints. */
final class Command {
  private static final int PATIENCE_SECONDS = 120;

  private Command() {}

  /** @param well it was there and ended with 0 */
  record Done(boolean well, String out) {}

  static Done run(Path folder, String... command) throws InterruptedException {
    try {
      Path log = Files.createTempFile("payonce-command", ".log");
      try {
        Process process = new ProcessBuilder(command)
            .directory(folder.toAbsolutePath().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        return new Done(ended && process.exitValue() == 0, Files.readString(log));
      } finally {
        Files.delete(log);
      }
    } catch (IOException e) {
      return new Done(false, String.valueOf(e.getMessage()));
    }
  }
}
