package io.payonce.redis;

import java.io.IOException;

/** Freezes and thaws a process: it keeps its connections and answers nothing. */
public final class Signals {
  private Signals() {}

  public static void freeze(long pid) {
    send("-STOP", pid);
  }

  public static void thaw(long pid) {
    send("-CONT", pid);
  }

  private static void send(String signal, long pid) {
    try {
      int exit = new ProcessBuilder("kill", signal, String.valueOf(pid)).start().waitFor();
      if (exit != 0) {
        throw new IllegalStateException("kill " + signal + " " + pid + " failed");
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
