package io.payonce.proof;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * A Service before its pods: new TCP connections go round those that are ready, old ones stay where
 * they are. What it knows of them is a moment old, as endpoints are.
 */
final class ReadyPods implements AutoCloseable {
  private static final long LOOK_MILLIS = 200;

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Instance> pods = new CopyOnWriteArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor();
  private final ByteProxy tap = ByteProxy.to(this::next, ByteProxy.Filter.NONE);
  private volatile List<Instance> ready = List.of();

  ReadyPods() {
    looking.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  String base() {
    return "http://127.0.0.1:" + tap.port();
  }

  void add(Instance pod) {
    pods.add(pod);
    Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> ready.contains(pod));
  }

  /** Soon no new connection goes there. */
  void remove(Instance pod) {
    pods.remove(pod);
  }

  boolean names(Instance pod) {
    return ready.contains(pod);
  }

  private int next() {
    List<Instance> now = ready;
    return URI.create(now.get(Math.floorMod(turn.getAndIncrement(), now.size())).base())
        .getPort();
  }

  private void look() {
    ready = pods.stream().filter(this::isReady).toList();
  }

  private boolean isReady(Instance pod) {
    try {
      URI health = URI.create(pod.admin() + "/health/ready");
      HttpRequest ask =
          HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(10)).build();
      return http.send(ask, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException away) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    looking.shutdownNow();
    tap.close();
  }
}
