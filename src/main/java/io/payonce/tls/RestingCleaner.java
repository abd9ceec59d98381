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
  /**
   * A pool also remembers where it could not connect to. At half, the pools of an idle pod wake it
   * twice a second; at double, it remembers twice as much.
   */
  private static final long REST_MILLIS = 30_000;

  private final int periodMillis;
  private final long restMillis;
  private int open;
  /** Under way; null while the cleaner works. */
  private Rest resting;

  /** Each is one of its own, whatever it is for. */
  private static final class Rest {
    private final Handler<Long> look;

    Rest(Handler<Long> look) {
      this.look = look;
    }
  }

  /** @param periodMillis the pool's, by which its cleaner's timers are known */
  public RestingCleaner(Vertx vertx, int periodMillis) {
    this(vertx, periodMillis, REST_MILLIS);
  }

  RestingCleaner(Vertx vertx, int periodMillis, long restMillis) {
    super((VertxInternal) vertx);
    this.periodMillis = periodMillis;
    this.restMillis = restMillis;
  }

  public HttpClientBuilder builder() {
    return new HttpClientBuilderInternal(this);
  }

  /** To be called with each new connection of the pool. */
  public void opened(HttpConnection connection) {
    opened(((ConnectionBase) connection).channel());
  }

  void opened(Channel channel) {
    Rest over = another();
    if (over != null) {
      super.setTimer(periodMillis, over.look);
    }
    channel.closeFuture().addListener(closed -> oneLess());
  }

  // The cleaner may be on another event loop than its connections.
  private synchronized Rest another() {
    open++;
    Rest over = resting;
    resting = null;
    return over;
  }

  private synchronized void oneLess() {
    open--;
  }

  private synchronized Rest rest(Handler<Long> look) {
    resting = open > 0 ? null : new Rest(look);
    return resting;
  }

  /** False where a connection has ended it. */
  private synchronized boolean ends(Rest rest) {
    boolean still = resting == rest;
    resting = still ? null : resting;
    return still;
  }

  @Override
  public long setTimer(long millis, Handler<Long> task) {
    Rest rest = millis == periodMillis ? rest(task) : null;
    return rest == null
        ? super.setTimer(millis, task)
        : super.setTimer(restMillis, timer -> {
          if (ends(rest)) {
            task.handle(timer);
          }
        });
  }
}
