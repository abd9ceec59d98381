package io.payonce.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToLongFunction;

/** What a process and its children have used so far, as Linux counts it. */
record Usage(long cpuMicros, long residentKib) {
  /** The unit of /proc/PID/stat on every Linux there is: USER_HZ. */
  private static final long MICROS_PER_TICK = 10_000;

  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;

  static Usage of(ProcessHandle process) {
    return new Usage(
        sum(process, Usage::cpuMicros), sum(process, Usage::residentKib));
  }

  Usage and(Usage other) {
    return new Usage(cpuMicros + other.cpuMicros, residentKib + other.residentKib);
  }

  private static long sum(ProcessHandle process, ToLongFunction<Long> figure) {
    return figure.applyAsLong(process.pid())
        + process.descendants().mapToLong(child -> figure.applyAsLong(child.pid())).sum();
  }

  private static long cpuMicros(long pid) {
    String stat = read(pid, "stat");
    // The command's name, in brackets, may hold spaces.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
    return ticks * MICROS_PER_TICK;
  }

  private static long residentKib(long pid) {
    return read(pid, "status")
        .lines()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  private static String read(long pid, String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
