package io.payonce.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine;

/**
 * The whole program beside what else could stand in its place: each loaded in turn, again and
 * again, so that a disturbance of the machine hits all of them.
 */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "CPU, throughput, latency and memory of Payonce and its peers.")
public final class Bench implements Callable<Integer> {
  @Option(names = "--peers", split = ",", description = "Only these: parts of their names.")
  private List<String> only = List.of("");

  @Option(names = "--rounds", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(names = "--seconds", defaultValue = "5", description = "A run; ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(names = "--warmup", defaultValue = "120", description = "At most, a peer; ${DEFAULT-VALUE} s.")
  private int warmupSeconds;

  @Option(names = "--connections", defaultValue = "32", description = "Default: ${DEFAULT-VALUE}.")
  private int connections;

  @Option(names = "--in-flight", defaultValue = "0", description = "Also hold so many at once.")
  private int inFlight;

  @Option(names = "--no-latency", description = "Leave out the run at half load.")
  private boolean noLatency;

  @Option(names = "--pace", defaultValue = "0", description = "Only this many a second, for all.")
  private int pace;

  @Option(names = "--jvm", description = "One more option for the JVMs under test.")
  private List<String> jvm = List.of();

  @Option(names = "--out", description = "Folder for results; none are written without it.")
  private Path out;

  /** Its first three do not count. */
  private static final int LEAST_PROBED_SECONDS = 10;

  /** At once, before many more come; the platform answers after a second. */
  private static final int WARM_CALLERS = 2000;

  private final Results results = new Results();

  private Bench() {}

  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT);
    System.exit(new CommandLine(new Bench()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    String missing = Tools.has("wrk") ? Nginx.missing() : "wrk is not installed";
    if (missing != null) {
      System.out.println("cannot measure: " + missing);
      return 1;
    }
    List<Peer> peers = peers();
    if (pace > 0) {
      halfLoad(peers, pace);
      System.out.println(results.paced(pace));
      if (out != null) {
        results.writePaced(out, pace);
      }
      return 0;
    }
    saturate(peers);
    if (!noLatency) {
      halfLoad(peers, results.perSecond(Peer.PAYONCE) / 2);
    }
    if (inFlight > 0) {
      hold();
    }
    System.out.println(results.table(Peer.all(Path.of(""))));
    if (out != null) {
      results.write(out, Peer.all(Path.of("")));
    }
    return 0;
  }

  private List<Peer> peers() {
    List<Peer> peers = new ArrayList<>();
    for (Peer peer : Peer.all(Path.of(""))) {
      if (peer.missing() != null) {
        System.out.println("skipped: " + peer.name() + ": " + peer.missing());
      } else if (only.stream().anyMatch(part -> named(peer, part))) {
        peers.add(peer);
      }
    }
    if (peers.isEmpty()) {
      throw new IllegalArgumentException("no peer of these is here: --peers " + String.join(",", only));
    }
    return peers;
  }

  private static boolean named(Peer peer, String part) {
    return peer.name().toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  private List<String> flags() {
    List<String> flags = new ArrayList<>(Peer.JVM);
    flags.addAll(jvm);
    return flags;
  }

  /** Everything as fast as it goes: CPU a payment, payments a second, memory. */
  private void saturate(List<Peer> peers) throws Exception {
    try (Arena arena = new Arena(peers, 0, flags())) {
      results.machine(arena.store().version(), arena.pinned(), flags());
      for (Peer peer : peers) {
        System.out.println(peer.name() + " pid " + arena.pid(peer));
        warmUp(arena, peer, connections);
      }
      for (int round = 1; round <= rounds; round++) {
        for (Peer peer : peers) {
          results.saturated(
              show("round " + round, arena.load(peer, new Load(connections, seconds, 0))));
        }
      }
    }
  }

  private void warmUp(Arena arena, Peer peer, int many) throws Exception {
    Arena.warm(
        warmupSeconds / seconds, () -> show("warm-up", arena.load(peer, new Load(many, seconds, 0))));
  }

  /**
   * At half of what Payonce can, or at another pace, the platform answering after 50 ms: the
   * latency added.
   */
  private void halfLoad(List<Peer> peers, double target) throws Exception {
    if (target <= 0) {
      return;
    }
    // Each connection pauses and is answered, 50 ms; enough of them for a pause of 50 ms too.
    int many = (int) Math.max(2, Math.min(2000, target * 0.1));
    long pause = Math.max(1, Math.round(many / target * 1000) - 50);
    Load load = new Load(many, Math.max(LEAST_PROBED_SECONDS, seconds), pause);
    try (Arena arena = new Arena(peers, 50, flags())) {
      results.machine(arena.store().version(), arena.pinned(), flags());
      for (Peer peer : peers) {
        warmUp(arena, peer, many);
      }
      for (int round = 1; round <= rounds; round++) {
        results.direct(arena.direct(load));
        for (Peer peer : peers) {
          results.halfLoad(show("half load " + round, arena.probed(peer, load)));
        }
      }
    }
  }

  /** So many payments at once, the platform answering after a second: the memory of it. */
  private void hold() throws Exception {
    List<Peer> payonce =
        peers().stream().filter(peer -> peer.name().equals(Peer.PAYONCE)).toList();
    try (Arena arena = new Arena(payonce, 1000, flags())) {
      warmUp(arena, payonce.get(0), WARM_CALLERS);
      Run run = arena.load(payonce.get(0), new Load(inFlight, Math.max(10, seconds), 0));
      results.held(inFlight, show("in flight " + inFlight, run));
    }
  }

  private static Run show(String what, Run run) {
    System.out.printf(
        "%-16s %-22s %7.0f/s  cpu %6.1f us  redis %5.1f us  p50 %.2f p99 %.2f p99.9 %.2f ms"
            + "  rss %d MiB  kept %.0f B  failed %d%n",
        what,
        run.peer(),
        run.load().perSecond(),
        run.cpuPerPayment(),
        run.redisPerPayment(),
        run.load().p50() / 1e3,
        run.load().p99() / 1e3,
        run.load().p999() / 1e3,
        run.used().residentKib() / 1024,
        run.bytesPerPayment(),
        run.load().failed());
    if (run.peer().equals(Peer.PAYONCE) && run.paidShare() < 0.99) {
      System.out.printf(
          "  only %.0f %% of these were paid, the rest refused%n", run.paidShare() * 100);
    }
    return run;
  }
}
