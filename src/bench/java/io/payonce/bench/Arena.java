package io.payonce.bench;

import io.payonce.bench.Peer.Place;
import io.payonce.bench.Peer.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** All peers up at once between one load, one platform and one Redis; loaded one after another. */
final class Arena implements AutoCloseable {
  private final Tools tools = new Tools();
  private final Store store = new Store(tools);
  private final Map<Peer, Process> peers = new LinkedHashMap<>();
  private final Map<Peer, Integer> ports = new LinkedHashMap<>();
  private final int platform = Tools.freePort();

  Arena(List<Peer> peers, long platformMillis, List<String> jvm)
      throws IOException, InterruptedException {
    tools.aside("platform", Nginx.platform(tools, platform, platformMillis), platform);
    for (Peer peer : peers) {
      int port = Tools.freePort();
      Program program = peer.start().at(new Place(tools, port, platform, store.uri(), jvm));
      this.peers.put(
          peer,
          tools.underTest(
              peer.name().replaceAll("\\W", ""), program.command(), program.env(), port));
      ports.put(peer, port);
    }
  }

  boolean pinned() {
    return tools.pinned();
  }

  /** The platform without any proxy. */
  Load.Result direct(Load load) throws Exception {
    return load.probed(tools, platform);
  }

  Store store() {
    return store;
  }

  long pid(Peer peer) {
    return peers.get(peer).pid();
  }

  Run load(Peer peer, Load load) throws Exception {
    return load(peer, () -> load.run(tools, ports.get(peer)));
  }

  /** Times as {@link Load#probed} says. */
  Run probed(Peer peer, Load load) throws Exception {
    return load(peer, () -> load.probed(tools, ports.get(peer)));
  }

  private Run load(Peer peer, Callable<Load.Result> load) throws Exception {
    ProcessHandle process = peers.get(peer).toHandle();
    store.forgetPayments();
    long bytes = store.usedBytes();
    long keys = store.keys();
    Usage redis = store.usage();
    Usage before = Usage.of(process);
    Load.Result result = load.call();
    Usage after = Usage.of(process);
    mindLapse();
    return new Run(
        peer.name(),
        result,
        after.since(before),
        store.usage().cpuMicros() - redis.cpuMicros(),
        store.usedBytes() - bytes,
        store.keys() - keys);
  }

  /** All peers at once, each under a load of its own: figures are sums, latencies the worst. */
  Run together(String name, Load load) throws Exception {
    store.forgetPayments();
    long bytes = store.usedBytes();
    long keys = store.keys();
    long redis = store.usage().cpuMicros();
    Usage before = usage();
    ExecutorService loads = Executors.newFixedThreadPool(ports.size());
    try {
      List<Callable<Load.Result>> calls = ports.values().stream()
          .map(port -> (Callable<Load.Result>) () -> load.run(tools, port))
          .toList();
      Load.Result sum = null;
      for (Future<Load.Result> each : loads.invokeAll(calls)) {
        sum = sum == null ? each.get() : sum.and(each.get());
      }
      Usage used = usage().since(before);
      mindLapse();
      return new Run(
          name,
          sum,
          used,
          store.usage().cpuMicros() - redis,
          store.usedBytes() - bytes,
          store.keys() - keys);
    } finally {
      loads.shutdownNow();
    }
  }

  /**
   * Runs slices until the JVM's compilers are at rest, by what they do and not by time: on a busy
   * machine a quarter of a minute is a few thousand payments.
   *
   * @return false when they still work after so many slices
   */
  static boolean warm(int most, Callable<Run> slice) throws Exception {
    for (int i = 0; i < most; i++) {
      if (slice.call().isWarm()) {
        return true;
      }
    }
    System.out.println("not warm: the compilers are still at work; read the ratio with care");
    return false;
  }

  // A pod that asks about each payment before it sends it is not what is to be measured.
  private void mindLapse() throws IOException {
    if (store.lapsed()) {
      throw new IOException("the ledger counts as gone back in time: these figures say nothing");
    }
  }

  /** Somebody else on the core of what is under test, who takes half of it. */
  void idle() throws IOException {
    tools.idler();
  }

  /** What is alive in the heap of the first, after a collection. */
  long liveBytes() throws IOException {
    String pid = Long.toString(peers.values().iterator().next().pid());
    Process jcmd = new ProcessBuilder(
            System.getProperty("java.home") + "/bin/jcmd", pid, "GC.class_histogram")
        .redirectErrorStream(true)
        .start();
    String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return said.lines()
        .filter(line -> line.startsWith("Total"))
        .map(line -> line.strip().split("\\s+"))
        .mapToLong(parts -> Long.parseLong(parts[2]))
        .findFirst()
        .orElseThrow(() -> new IOException(said));
  }

  private Usage usage() {
    return peers.values().stream()
        .map(process -> Usage.of(process.toHandle()))
        .reduce(Usage.NONE, Usage::and);
  }

  @Override
  public void close() {
    tools.close();
    store.close();
  }
}
