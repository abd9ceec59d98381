package io.payonce.telemetry;

import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import io.netty.util.internal.PlatformDependent;
import io.payonce.http.server.BodyBudget;
import io.payonce.http.server.ConnectionLimit;
import io.payonce.http.server.DrainState;
import io.vertx.core.Vertx;
import io.vertx.core.impl.buffer.VertxByteBufAllocator;
import io.vertx.core.internal.VertxInternal;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.StreamSupport;

/**
 * Shows how busy Vert.x is. Read when asked for: Vert.x' own metrics would be paid for by each
 * request.
 */
public final class VertxGauges {
  private final VertxInternal vertx;

  private VertxGauges(Vertx vertx) {
    this.vertx = (VertxInternal) vertx;
  }

  public static void show(Vertx vertx, DrainState gate, BodyBudget bodies, Metrics metrics) {
    VertxGauges figures = new VertxGauges(vertx);
    metrics.gauge("vertx_eventloops", "Event loops of this process", figures::loops);
    metrics.gauge(
        "vertx_eventloop_pending_tasks", "Tasks that wait for an event loop", figures::pending);
    metrics.gauge(
        "vertx_http_server_connections", "Connections of callers", () -> gate.connections());
    metrics.count(
        "payonce_connections_refused",
        "Connections of callers beyond what may be open at once",
        () -> ConnectionLimit.refused(vertx));
    metrics.gauge(
        "payonce_buffered_bytes", "Bytes of all bodies that are being read", bodies::taken);
    ByteBufAllocatorMetric memory =
        ((ByteBufAllocatorMetricProvider) VertxByteBufAllocator.POOLED_ALLOCATOR).metric();
    metrics.gauge(
        "netty_direct_memory_bytes", "Direct memory that Netty holds", memory::usedDirectMemory);
    metrics.gauge("netty_heap_memory_bytes", "Heap that Netty holds", memory::usedHeapMemory);
    metrics.gauge(
        "netty_direct_memory_max_bytes",
        "Direct memory that Netty may hold",
        PlatformDependent::maxDirectMemory);
    // Without a queue of its own (virtual threads) there is nothing to show.
    if (figures.vertx.workerPool().executor() instanceof ThreadPoolExecutor workers) {
      metrics.gauge("vertx_worker_active", "Workers at work", workers::getActiveCount);
      metrics.gauge(
          "vertx_worker_pending_tasks",
          "Tasks that wait for a worker",
          () -> workers.getQueue().size());
    }
  }

  private int loops() {
    return (int)
        StreamSupport.stream(vertx.eventLoopGroup().spliterator(), false).count();
  }

  private int pending() {
    int pending = 0;
    for (EventExecutor loop : vertx.eventLoopGroup()) {
      pending += loop instanceof SingleThreadEventExecutor one ? one.pendingTasks() : 0;
    }
    return pending;
  }
}
