package io.payonce.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What was measured, as a table, as JSON and as a chart. Of several rounds the one with the least
 * CPU counts: whatever else runs on a machine only ever adds.
 */
final class Results {
  private final Map<String, List<Run>> saturated = new LinkedHashMap<>();
  private final Map<String, List<Run>> halfLoad = new LinkedHashMap<>();
  private final List<Load.Result> direct = new ArrayList<>();
  private final JsonObject machine = new JsonObject();

  /** What counts is how it was when the first run began. */
  void machine(String redis, boolean pinned, List<String> flags) throws IOException {
    if (!machine.isEmpty()) {
      return;
    }
    String cpu = Files.readString(Path.of("/proc/cpuinfo"))
        .lines()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("?");
    machine
        .put("date", LocalDate.now(ZoneOffset.UTC).toString())
        .put("cpu", cpu)
        .put("cores", Runtime.getRuntime().availableProcessors())
        .put("proxyHasItsOwnCore", pinned)
        .put("load", Files.readString(Path.of("/proc/loadavg")).split(" ")[0])
        .put("kernel", System.getProperty("os.version"))
        .put("java", System.getProperty("java.runtime.version"))
        .put("jvmFlags", String.join(" ", flags))
        .put("redis", redis.strip());
  }

  void saturated(Run run) {
    saturated.computeIfAbsent(run.peer(), first -> new ArrayList<>()).add(run);
  }

  void halfLoad(Run run) {
    halfLoad.computeIfAbsent(run.peer(), first -> new ArrayList<>()).add(run);
  }

  void direct(Load.Result result) {
    direct.add(result);
  }

  void held(int payments, Run run) {
    machine
        .put("inFlight", payments)
        .put("inFlightResidentMiB", run.used().residentKib() / 1024)
        .put("inFlightPaidShare", run.paidShare())
        .put("inFlightFailed", run.load().failed());
  }

  double perSecond(String peer) {
    return saturated.getOrDefault(peer, List.of()).stream()
        .mapToDouble(run -> run.load().perSecond())
        .max()
        .orElse(0);
  }

  /** The least CPU of all rounds; not a number when the peer did not run. */
  double cpu(String peer) {
    return least(saturated, peer, Run::cpuPerPayment);
  }

  /**
   * The same where all peers are given the same payments a second: one that is given more works in
   * larger bunches, and so for less.
   */
  double pacedCpu(String peer) {
    return least(halfLoad, peer, Run::cpuPerPayment);
  }

  String table(List<Peer> peers) {
    StringBuilder text = new StringBuilder(String.join(
        "",
        "\n| | CPU µs a payment, same pace | × bare Vert.x | × Payonce | CPU µs, at its most | × bare Vert.x | payments/s at most |",
        " RSS MiB | Redis µs a payment | added p50 / p99 / p99.9 ms | does |\n|---|---|---|---|---|---|---|---|---|---|---|\n"));
    for (Peer peer : peers) {
      if (saturated.containsKey(peer.name())) {
        text.append(row(peer));
      }
    }
    return text.append("\nOn ").append(machine.encode()).toString();
  }

  /** The same where all were given one pace, and nothing else was measured. */
  String paced(int perSecond) {
    StringBuilder text = new StringBuilder(
        "%n%d payments a second | CPU µs a payment | × Payonce | Redis µs | added p50 / p99 / p99.9 ms%n"
            .formatted(perSecond));
    halfLoad.keySet().forEach(name -> text.append("%s | %.1f | %.2f | %.1f | %s%n"
        .formatted(
            name,
            pacedCpu(name),
            pacedCpu(name) / pacedCpu(Peer.PAYONCE),
            usesRedis(name) ? least(halfLoad, name, Run::redisPerPayment) : 0,
            added(name))));
    return text.append("\nOn ").append(machine.encode()).toString();
  }

  void writePaced(Path folder, int perSecond) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve(machine.getString("date") + "-pace.txt"), paced(perSecond).strip() + "\n");
  }

  private String row(Peer peer) {
    String name = peer.name();
    return "| %s | %.1f | %.2f | %.2f | %.1f | %.2f | %.0f | %.0f | %.1f | %s | %s |%n"
        .formatted(
            name,
            pacedCpu(name),
            pacedCpu(name) / pacedCpu(Peer.BARE),
            pacedCpu(name) / pacedCpu(Peer.PAYONCE),
            cpu(name),
            cpu(name) / cpu(Peer.BARE),
            perSecond(name),
            least(saturated, name, run -> run.used().residentKib()) / 1024,
            usesRedis(name) ? least(saturated, name, Run::redisPerPayment) : 0,
            added(name),
            peer.work());
  }

  private static boolean usesRedis(String name) {
    return !List.of(Peer.NGINX, Peer.BARE, Peer.HTTP_PROXY).contains(name);
  }

  private String added(String peer) {
    return halfLoad.containsKey(peer)
        ? "%.2f / %.2f / %.2f"
            .formatted(
                added(peer, Load.Result::p50),
                added(peer, Load.Result::p99),
                added(peer, Load.Result::p999))
        : "–";
  }

  /** Milliseconds beyond what the platform takes when it is asked directly. */
  private double added(String peer, ToDoubleFunction<Load.Result> quantile) {
    double without = direct.stream().mapToDouble(quantile).min().orElse(0);
    return (least(halfLoad, peer, run -> quantile.applyAsDouble(run.load())) - without) / 1e3;
  }

  private static double least(
      Map<String, List<Run>> runs, String peer, ToDoubleFunction<Run> figure) {
    return runs.getOrDefault(peer, List.of()).stream()
        .mapToDouble(figure)
        .min()
        .orElse(Double.NaN);
  }

  void write(Path folder, List<Peer> peers) throws IOException {
    Files.createDirectories(folder);
    JsonObject json = new JsonObject()
        .put("machine", machine)
        .put("saturated", all(saturated))
        .put("halfLoad", all(halfLoad));
    String name = machine.getString("date");
    Files.writeString(folder.resolve(name + ".json"), json.encodePrettily() + "\n");
    Files.writeString(folder.resolve(name + ".md"), table(peers).strip() + "\n");
    List<Chart.Bar> bars = saturated.keySet().stream()
        .map(peer -> new Chart.Bar(peer, cpu(peer)))
        .sorted(Comparator.comparingDouble(Chart.Bar::value))
        .toList();
    Files.writeString(
        folder.resolve("cpu.svg"),
        Chart.of(
            "CPU microseconds a payment, each at its most",
            "%s, %s cores, load %s; Java %s; %s"
                .formatted(
                    machine.getString("cpu"),
                    machine.getInteger("cores"),
                    machine.getString("load"),
                    machine.getString("java"),
                    name),
            bars));
  }

  private static JsonArray all(Map<String, List<Run>> runs) {
    JsonArray array = new JsonArray();
    runs.values().forEach(list -> list.forEach(run -> array.add(run.json())));
    return array;
  }
}
