package io.payonce.sandbox;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Ends a process and removes its folder when this JVM has gone without doing so, as by SIGKILL: a
 * shell that reads from us, hears nothing, and notices the end.
 */
final class ParentWatch {
  private static final Path SHELL = Path.of("/bin/sh");

  /** A Ctrl-C in our terminal is not for it. */
  private static final String WATCH =
      "trap '' HUP INT TERM; read -r nothing; kill -9 \"$0\"; rm -rf \"$1\"";

  private ParentWatch() {}

  /** Until the process ends; does nothing where there is no such shell. */
  static void over(Process process, Path folder) throws IOException {
    if (!Files.isExecutable(SHELL)) {
      return;
    }
    Process watch = new ProcessBuilder(
            SHELL.toString(), "-c", WATCH, Long.toString(process.pid()), folder.toString())
        .redirectOutput(Redirect.DISCARD)
        .redirectError(Redirect.DISCARD)
        .start();
    process.onExit().thenRun(watch::destroyForcibly);
  }
}
