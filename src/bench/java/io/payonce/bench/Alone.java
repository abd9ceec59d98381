package io.payonce.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine;

/** Payonce without peers: several instances, more load than it can bear, the same load for long. */
@Command(name = "alone", mixinStandardHelpOptions = true)
public final class Alone {
  private static final int MOST_SLICES = 30;
  private static final int CONNECTIONS = 32;

  /** Waits that a platform's answer makes; long enough that payments pile up. */
  private static final int PLATFORM_MILLIS = 50;

  /** Enough that they could offer three times what one core bears. */
  private static final int CALLERS = 6000;

  private static final double MIB = 1 << 20;

  @Option(names = "--seconds", defaultValue = "5", scope = CommandLine.ScopeType.INHERIT)
  private int seconds;

  private Alone() {}

  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT);
    System.exit(new CommandLine(new Alone()).execute(args));
  }

  @Command(description = "CPU a payment with 1, 2 and 4 instances on one Redis.")
  int instances() throws Exception {
    for (int count : List.of(1, 2, 4)) {
      try (Arena arena = new Arena(payonces(count), 0, Peer.JVM)) {
        // One core serves them all: the same load in sum, whatever their number.
        Load load = new Load(CONNECTIONS / count, seconds, 0);
        warm(arena, load);
        for (int round = 1; round <= 3; round++) {
          show(count + " instances", arena.together("Payonce", load));
        }
      }
    }
    return 0;
  }

  /**
   * Callers enough to offer more than it bears: each comes, is answered whichever way, and comes
   * again after a pause that would make so many payments a second if all were answered at once. The
   * proxy shares its core with an idler, so that it is what there is too little of.
   */
  @Command(description = "Payments paid a second when as many are offered as it bears, and more.")
  int overload() throws Exception {
    try (Arena arena = new Arena(payonces(1), PLATFORM_MILLIS, Peer.JVM)) {
      Load most = new Load(512, seconds, 0);
      warm(arena, most);
      arena.idle();
      double bears = goodput(show("512 callers", arena.together("Payonce", most)));
      double best = 0;
      for (double times : List.of(1.0, 2.0, 2.0, 2.0, 3.0)) {
        long pause = Math.round(CALLERS / (times * bears) * 1000 - PLATFORM_MILLIS);
        Run run = show(
            "offered %.1f times".formatted(times),
            arena.together("Payonce", new Load(CALLERS, 3 * seconds, Math.max(1, pause))));
        best = best == 0 ? goodput(run) : best;
        System.out.printf(
            "  paid %.0f/s: %.0f %% of what so many callers were paid at 1.0%n",
            goodput(run),
            100 * goodput(run) / best);
      }
    }
    return 0;
  }

  @Command(description = "Memory, minute by minute, under half of the load it can bear.")
  int growth(@Option(names = "--minutes", defaultValue = "10") int minutes) throws Exception {
    // Untouched parts of the heap would look like growth when they are first used.
    List<String> touched = Stream.concat(Peer.JVM.stream(), Stream.of("-XX:+AlwaysPreTouch")).toList();
    try (Arena arena = new Arena(payonces(1), 0, touched)) {
      warm(arena, new Load(CONNECTIONS, seconds, 0));
      System.out.printf("live %.1f MiB%n", arena.liveBytes() / MIB);
      for (int minute = 1; minute <= minutes; minute++) {
        // wrk keeps every latency's count, not every request: a minute a run costs it nothing.
        show("minute " + minute, arena.together("Payonce", new Load(CONNECTIONS, 60, 4)));
      }
      System.out.printf("live %.1f MiB%n", arena.liveBytes() / MIB);
    }
    return 0;
  }

  private static List<Peer> payonces(int count) {
    Peer payonce = Peer.all(Path.of("")).stream()
        .filter(peer -> peer.name().equals(Peer.PAYONCE))
        .findFirst()
        .orElseThrow();
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> new Peer(Peer.PAYONCE + i, payonce.work(), null, payonce.start()))
        .toList();
  }

  private static void warm(Arena arena, Load load) throws Exception {
    Arena.warm(MOST_SLICES, () -> show("warm-up", arena.together("warm-up", load)));
  }

  private static double goodput(Run run) {
    return run.paidShare() * run.load().perSecond();
  }

  private static Run show(String what, Run run) {
    System.out.printf(
        "%-20s %7.0f/s, paid %3.0f %%  cpu %6.1f us  redis %5.1f us  p50 %.2f p99 %.2f ms  rss %d MiB  failed %d%n",
        what,
        run.load().perSecond(),
        100 * run.paidShare(),
        run.cpuPerPayment(),
        run.redisPerPayment(),
        run.load().p50() / 1e3,
        run.load().p99() / 1e3,
        run.used().residentKib() / 1024,
        run.load().failed());
    return run;
  }
}
