package io.payonce.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole program against its peers. */
@Command(name = "bench", mixinStandardHelpOptions = true)
public final class Bench implements java.util.concurrent.Callable<Integer> {
  @Option(names = "--peers", split = ",", description = "Only these (parts of their names).")
  private List<String> only = List.of("");

  @Option(names = "--rounds", defaultValue = "3")
  private int rounds;

  @Option(names = "--seconds", defaultValue = "5")
  private int seconds;

  @Option(names = "--warmup", defaultValue = "8")
  private int warmup;

  @Option(names = "--connections", defaultValue = "32")
  private int connections;

  @Option(names = "--delay", defaultValue = "0", description = "The platform's, in ms.")
  private long delayMillis;

  @Option(names = "--jvm", description = "Further JVM options.")
  private List<String> jvm = List.of();

  @Option(names = "--hold", description = "Wait so long with peers up, for a profiler (s).")
  private int hold;

  private Bench() {}

  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT);
    System.exit(new CommandLine(new Bench()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    List<Peer> peers = new ArrayList<>();
    for (Peer peer : Peer.all(Path.of(""))) {
      if (only.stream().anyMatch(part -> peer.name().toLowerCase().contains(part))) {
        if (peer.missing() == null) {
          peers.add(peer);
        } else {
          System.out.println("skipped: " + peer.name() + ": " + peer.missing());
        }
      }
    }
    List<String> flags = new ArrayList<>(Peer.JVM);
    flags.addAll(jvm);
    try (Arena arena = new Arena(peers, delayMillis, flags)) {
      for (Peer peer : peers) {
        System.out.println(peer.name() + " pid " + arena.pid(peer));
        print(arena.load(peer, new Load(connections, warmup, 0)));
      }
      for (int round = 0; round < rounds; round++) {
        for (Peer peer : peers) {
          print(arena.load(peer, new Load(connections, seconds, 0)));
        }
      }
    }
    return 0;
  }

  private static void print(Run run) {
    System.out.printf(
        "%-22s %7.0f/s  cpu %6.1f us  redis %5.1f us  p50 %d p99 %d p99.9 %d  rss %d MiB  data %.0f B  failed %d%n",
        run.peer(), run.load().perSecond(), run.cpuPerPayment(), run.redisPerPayment(),
        run.load().p50(), run.load().p99(), run.load().p999(), run.residentKib() / 1024, run.bytesPerPayment(), run.load().failed());
  }
}
