package io.payonce.redis;

import io.payonce.redis.failure.ConnectionFailure;
import io.payonce.redis.failure.RedisAddress;
import io.payonce.redis.failure.RedisBulletin;
import io.payonce.redis.failure.RedisFailure;
import io.payonce.redis.failure.RedisFailure.Reason;
import io.payonce.redis.failure.RedisFailure.Redirect;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Each task goes to the primary of its key's slot, each primary has its own supervised connection:
 * one that is away takes only its own slots with it. MOVED and ASK are followed, a few times at
 * most and within the call's timeout; both prove that nothing ran. So does TRYAGAIN: while a slot
 * is being moved nearly all scripts get it, so it is asked again for as long as the call has time.
 */
final class ClusterRouter implements Router {

  /**
   * At half, a slot that moves twice while a call is under way fails it; at double, a cluster in
   * disagreement costs each call ten round trips.
   */
  private static final int MAX_REDIRECTS = 5;

  /**
   * Pause while a slot's keys are on two nodes: half of it asks twice as often, double of it is
   * felt by the caller.
   */
  private static final long TRY_AGAIN_MILLIS = 25;

  /** The addresses that lead to the cluster, as operators read them. */
  private static final String SEEDS = "cluster";

  private final Vertx vertx;
  private final Connector dial;
  private final RedisBulletin bulletin;
  private final RedisAddress seed;
  private final long callTimeoutNanos;
  private final TopologyWatch watch;
  private final Map<String, Node> nodes = new HashMap<>();
  private final Node[] slots = new Node[HashSlot.COUNT];
  private final Set<Node> primaries = new HashSet<>();
  private Map<String, List<ServedSlots.Range>> ranges = Map.of();
  private ConnectionFailure seedless;
  private boolean complete;
  private Runnable onChange = () -> {};

  ClusterRouter(Vertx vertx, RedisSettings settings, Connector dial, RedisBulletin bulletin) {
    this.bulletin = bulletin;
    this.vertx = vertx;
    this.dial = dial;
    this.seed = settings.endpoints().get(0);
    this.callTimeoutNanos = settings.callTimeout().toNanos();
    this.watch = new TopologyWatch(dial, settings.endpoints(), this::adopt, this::unknown);
  }

  @Override
  public void start() {
    watch.tick(System.nanoTime(), false);
  }

  @Override
  public Future<Response> run(RedisCommand task) {
    Journey journey = new Journey(task, HashSlot.of(task.routingKey()));
    Node node = slots[journey.slot];
    return node == null
        ? Future.failedFuture(PipelinedConnection.notConnected(task.name(), unserved()))
        : journey.to(node, false);
  }

  @Override
  public void tick(long nowNanos) {
    nodes.values().forEach(node -> node.tick(nowNanos));
    nodes.values().removeIf(Node::closed);
    watch.tick(nowNanos, connected());
  }

  @Override
  public boolean calm(long untilNanos) {
    return connected()
        && watch.calm()
        && nodes.values().stream().allMatch(node -> node.calm(untilNanos));
  }

  @Override
  public void onChange(Runnable action) {
    onChange = action;
  }

  @Override
  public boolean spansSlots() {
    return false;
  }

  @Override
  public boolean connected() {
    return complete && primaries.stream().allMatch(Node::ready);
  }

  @Override
  public int inFlight() {
    return primaries.stream().mapToInt(Node::inFlight).min().orElse(0);
  }

  @Override
  public void close() {
    watch.close();
    nodes.values().forEach(Node::close);
    bulletin.unneeded(SEEDS, this);
  }

  private void expedite() {
    watch.expedite();
    onChange.run();
  }

  private Node node(RedisAddress endpoint) {
    return nodes.computeIfAbsent(
        endpoint.address(),
        address -> new Node(vertx, address, () -> dial.wire(endpoint), bulletin)
            .onChange(() -> onChange.run())
            .start());
  }

  /** No node says which slots are where. */
  private void unknown(ConnectionFailure why) {
    seedless = why;
    bulletin.unreachable(SEEDS, this, why, true);
  }

  private ConnectionFailure unserved() {
    return seedless == null ? ConnectionFailure.of("CLUSTERDOWN") : seedless;
  }

  /** A slot that no node serves belongs to a part that is away. */
  private void divide(Topology topology) {
    Map<String, List<ServedSlots.Range>> served = new TreeMap<>();
    topology
        .ranges()
        .forEach(range -> served
            .computeIfAbsent(range.primary().address(), first -> new ArrayList<>())
            .add(new ServedSlots.Range(range.first(), range.last())));
    List<ServedSlots.Range> unserved = new ArrayList<>();
    for (int slot = 0; slot < slots.length; slot++) {
      int first = slot;
      while (slot < slots.length && slots[slot] == null) {
        slot++;
      }
      if (slot > first) {
        unserved.add(new ServedSlots.Range(first, slot - 1));
      }
    }
    if (!unserved.isEmpty()) {
      served.put("", unserved);
    }
    ranges = served;
  }

  @Override
  public List<ServedSlots> parts() {
    return ranges.isEmpty()
        ? List.of(ServedSlots.whole(SEEDS, false, 0))
        : ranges.entrySet().stream()
            .map(each -> new ServedSlots(
                each.getKey().isEmpty() ? SEEDS : each.getKey(),
                each.getValue(),
                nodes.containsKey(each.getKey()) && nodes.get(each.getKey()).ready(),
                nodes.containsKey(each.getKey()) ? nodes.get(each.getKey()).dials() : 0))
            .toList();
  }

  private void adopt(Topology topology) {
    nodes.values().forEach(Node::retire);
    primaries.clear();
    Arrays.fill(slots, null);
    for (Topology.Range range : topology.ranges()) {
      Node primary = node(range.primary());
      primary.stay();
      primaries.add(primary);
      Arrays.fill(slots, range.first(), range.last() + 1, primary);
    }
    complete = Arrays.stream(slots).allMatch(node -> node != null);
    seedless = null;
    divide(topology);
    if (complete) {
      bulletin.connected(SEEDS, this);
    } else {
      bulletin.unreachable(SEEDS, this, ConnectionFailure.of("CLUSTERDOWN"), true);
    }
    onChange.run();
  }

  /** One task on its way through the cluster. */
  private final class Journey {
    private final RedisCommand task;
    private final int slot;
    private final long startedNanos = System.nanoTime();
    private int redirects;

    Journey(RedisCommand task, int slot) {
      this.task = task;
      this.slot = slot;
    }

    Future<Response> to(Node node, boolean asking) {
      return node.run(task, asking)
          .recover(failure -> onward(node, asking, (RedisFailure) failure));
    }

    private Future<Response> onward(Node node, boolean asking, RedisFailure failure) {
      if (failure.reason() == Reason.NOT_CONNECTED || failure.word().equals("CLUSTERDOWN")) {
        expedite();
      }
      if (failure.reason() != Reason.REFUSED
          || System.nanoTime() - startedNanos > callTimeoutNanos) {
        return Future.failedFuture(failure);
      }
      if (failure.word().equals("TRYAGAIN")) {
        return vertx.timer(TRY_AGAIN_MILLIS, TimeUnit.MILLISECONDS).compose(v -> to(node, asking));
      }
      return failure.redirect() == null || ++redirects > MAX_REDIRECTS
          ? Future.failedFuture(failure)
          : follow(failure.redirect(), failure);
    }

    private Future<Response> follow(Redirect redirect, RedisFailure failure) {
      if (redirect.host().isEmpty()) {
        expedite();
        return Future.failedFuture(failure);
      }
      Node target = node(seed.at(redirect.host(), redirect.port()));
      target.stay();
      if (!redirect.ask()) {
        slots[slot] = target;
        expedite();
      }
      // A node we did not know is being dialled just now.
      return target.settled().compose(v -> to(target, redirect.ask()));
    }
  }
}
