package io.payonce.sandbox;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends a process and removes its folder when this JVM has gone without doing so, as by SIGKILL: a
 * shell that reads from us, hears nothing, and notices the end.
 */
final class ParentWatch {
  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final Path SHELL = Path.of("/bin/sh");

  private static final String WATCH =
      "trap '' HUP INT TERM; read -r nothing; kill -9 \"$0\"; rm -rf \"$1\"";

  private ParentWatch() {}

  /**
   * Before a command, where the machine has it, for a session of its own: a Ctrl-C in our terminal
   * is for us, and the payments in flight still need Redis while we drain; whoever kills our whole
   * group does not kill the watch.
   */
  static List<String> ownSession() {
    return Files.isExecutable(SETSID) ? List.of(SETSID.toString()) : List.of();
  }

  /** Until the process ends; does nothing where there is no such shell. */
  static void over(Process process, Path folder) throws IOException {
    if (!Files.isExecutable(SHELL)) {
      return;
    }
    List<String> command = new ArrayList<>(ownSession());
    command.addAll(
        List.of(SHELL.toString(), "-c", WATCH, Long.toString(process.pid()), folder.toString()));
    Process watch = new ProcessBuilder(command)
        .redirectOutput(Redirect.DISCARD)
        .redirectError(Redirect.DISCARD)
        .start();
    process.onExit().thenRun(watch::destroyForcibly);
  }
}
