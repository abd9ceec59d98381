package io.payonce.tls;

import io.netty.channel.Channel;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientBuilder;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpClientBuilderInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * The Vert.x of one pool of connections, whose cleaner rests while none is open. Vert.x' own wakes
 * an event loop at each period, also where there is nothing to look at: with three pools for each
 * loop and account, that was most of what an idle pod did.
 */
public final class RestingCleaner extends VertxWrapper {
  /** What cancels nothing. */
  private static final long NO_TIMER = -1;

  private final int periodMillis;
  private int open;
  /** The cleaner's next look, while it rests. */
  private Handler<Long> resting;

  /** @param periodMillis the pool's, by which its cleaner's timers are known */
  public RestingCleaner(Vertx vertx, int periodMillis) {
    super((VertxInternal) vertx);
    this.periodMillis = periodMillis;
  }

  public HttpClientBuilder builder() {
    return new HttpClientBuilderInternal(this);
  }

  /** To be called with each new connection of the pool. */
  public void opened(HttpConnection connection) {
    opened(((ConnectionBase) connection).channel());
  }

  void opened(Channel channel) {
    Handler<Long> look = another();
    if (look != null) {
      super.setTimer(periodMillis, look);
    }
    channel.closeFuture().addListener(closed -> oneLess());
  }

  // The cleaner may be on another event loop than its connections.
  private synchronized Handler<Long> another() {
    open++;
    Handler<Long> look = resting;
    resting = null;
    return look;
  }

  private synchronized void oneLess() {
    open--;
  }

  private synchronized boolean rests(Handler<Long> look) {
    if (open > 0) {
      return false;
    }
    resting = look;
    return true;
  }

  @Override
  public long setTimer(long millis, Handler<Long> task) {
    return millis == periodMillis && rests(task) ? NO_TIMER : super.setTimer(millis, task);
  }
}
