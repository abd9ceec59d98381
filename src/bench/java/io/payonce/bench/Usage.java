package io.payonce.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a process and its children have used so far, as Linux counts it.
 *
 * @param compilerMicros the part of the CPU that a JVM's compilers took
 */
record Usage(long cpuMicros, long compilerMicros, long residentKib) {
  static final Usage NONE = new Usage(0, 0, 0);

  /** The unit of /proc/PID/stat on every Linux there is: USER_HZ. */
  private static final long MICROS_PER_TICK = 10_000;

  private static final Pattern COMPILER = Pattern.compile("C[12] Compiler");

  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;

  static Usage of(ProcessHandle process) {
    return new Usage(
        sum(process, pid -> micros("/proc/" + pid + "/stat")),
        sum(process, Usage::compilerMicros),
        sum(process, Usage::residentKib));
  }

  Usage and(Usage other) {
    return new Usage(
        cpuMicros + other.cpuMicros,
        compilerMicros + other.compilerMicros,
        residentKib + other.residentKib);
  }

  Usage since(Usage before) {
    return new Usage(
        cpuMicros - before.cpuMicros, compilerMicros - before.compilerMicros, residentKib);
  }

  private static long sum(ProcessHandle process, ToLongFunction<Long> figure) {
    return figure.applyAsLong(process.pid())
        + process.descendants().mapToLong(child -> figure.applyAsLong(child.pid())).sum();
  }

  private static long compilerMicros(long pid) {
    try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      return threads.mapToLong(Usage::compilerMicros).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long compilerMicros(Path thread) {
    try {
      return COMPILER.matcher(read(thread.resolve("comm").toString())).lookingAt()
          ? micros(thread.resolve("stat").toString())
          : 0;
    } catch (UncheckedIOException ended) {
      return 0;
    }
  }

  private static long micros(String file) {
    String stat = read(file);
    // The command's name, in brackets, may hold spaces.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
    return ticks * MICROS_PER_TICK;
  }

  private static long residentKib(long pid) {
    return read("/proc/" + pid + "/status")
        .lines()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
