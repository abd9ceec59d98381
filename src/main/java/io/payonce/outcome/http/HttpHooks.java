package io.payonce.outcome.http;

import io.netty.channel.ConnectTimeoutException;
import io.payonce.dns.HostNames;
import io.payonce.model.Account;
import io.payonce.outcome.HookFailure;
import io.payonce.outcome.HookUrl;
import io.payonce.outcome.Hooks;
import io.payonce.outcome.Notice;
import io.payonce.outcome.NotificationSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToLongFunction;
import javax.net.ssl.SSLException;

/**
 * Hooks over HTTP, reached directly: an egress proxy would look names up for itself, and where they
 * lead could not be checked. One for each event loop: made and used on it.
 */
public final class HttpHooks implements Hooks {
  /** More addresses than that share a fate. */
  private static final int MOST_ADDRESSES = 3;

  private final Vertx vertx;
  private final NotificationSettings settings;
  private final HookAddresses addresses;
  private final HttpClientAgent kept;
  private final HttpClientAgent fresh;
  private final ToLongFunction<Account> wallMillis;
  private final long answerMillis;
  /** Connections that have brought an answer: such a one may be closing as it is used again. */
  private final Set<HttpConnection> proven = Collections.newSetFromMap(new WeakHashMap<>());

  /**
   * @param trust whose certificates hooks may show
   * @param wallMillis what hooks compare with their own clocks: each account has its own
   */
  public HttpHooks(
      Vertx vertx,
      NotificationSettings settings,
      HostNames names,
      TrustOptions trust,
      ToLongFunction<Account> wallMillis) {
    this(vertx, settings, names, trust, wallMillis, HookExchange.ANSWER_MILLIS);
  }

  HttpHooks(
      Vertx vertx,
      NotificationSettings settings,
      HostNames names,
      TrustOptions trust,
      ToLongFunction<Account> wallMillis,
      long answerMillis) {
    this.vertx = vertx;
    this.settings = settings;
    this.wallMillis = wallMillis;
    this.answerMillis = answerMillis;
    addresses = new HookAddresses(vertx, names, settings.guard());
    kept = HookClient.open(vertx, trust, true);
    fresh = HookClient.open(vertx, trust, false);
  }

  @Override
  public Future<HookAnswer> post(HookUrl url, Notice notice, byte[] body) {
    long since = System.nanoTime();
    return post(kept, url, notice, body, new HashSet<>(), since)
        .otherwise(cause -> new HookExchange.End(0, why(cause)))
        .map(end -> {
          long millis = millisSince(since);
          return end.failure() == null
              ? HookAnswer.answered(end.status(), millis)
              : HookAnswer.failed(end.failure(), millis);
        });
  }

  public Future<Void> close() {
    return kept.close().eventually(fresh::close);
  }

  private Future<HookExchange.End> post(
      HttpClientAgent client,
      HookUrl url,
      Notice notice,
      byte[] body,
      Set<InetAddress> tried,
      long since) {
    return addresses
        .next(url, tried)
        .compose(address -> client
            .request(request(url, notice, body, address, since))
            .recover(cause -> {
              addresses.failed(url, address);
              tried.add(address);
              return Future.failedFuture(cause);
            }))
        .transform((request, cause) -> {
          if (cause != null) {
            return mayTryNext(cause, url, tried, since)
                ? post(client, url, notice, body, tried, since)
                : Future.failedFuture(cause);
          }
          return exchange(request, url, notice, body, since);
        });
  }

  // Nothing has left yet, and time is left for a connection.
  private boolean mayTryNext(Throwable cause, HookUrl url, Set<InetAddress> tried, long since) {
    return !(cause instanceof HookAddresses.NotAllowed)
        && !tried.isEmpty()
        && tried.size() < Math.min(MOST_ADDRESSES, addresses.size(url))
        && millisSince(since) < HookClient.CONNECT_MILLIS;
  }

  private RequestOptions request(
      HookUrl url, Notice notice, byte[] body, InetAddress address, long since) {
    byte[] secret = settings.secret().apply(notice.account());
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setHost(url.host())
        .setPort(url.port())
        .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, url.port())))
        .setSsl(url.tls())
        .setURI(url.target())
        .setFollowRedirects(false)
        .setConnectTimeout(Math.max(1, HookClient.CONNECT_MILLIS - millisSince(since)))
        .setHeaders(HookSignature.headers(
            notice.uuid(), wallMillis.applyAsLong(notice.account()), secret, body));
  }

  private Future<HookExchange.End> exchange(
      HttpClientRequest request, HookUrl url, Notice notice, byte[] body, long since) {
    HttpConnection connection = request.connection();
    boolean again = proven.contains(connection);
    return HookExchange.run(vertx, request, body, answerMillis).compose(end -> {
      boolean inTime = millisSince(since) < HookClient.CONNECT_MILLIS;
      if (end.failure() == HookFailure.CLOSED && again && inTime) {
        return post(fresh, url, notice, body, new HashSet<>(), since);
      }
      if (end.failure() == null) {
        proven.add(connection);
      }
      return Future.succeededFuture(end);
    });
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  private static HookFailure why(Throwable cause) {
    if (cause instanceof HookAddresses.NotAllowed) {
      return HookFailure.NOT_ALLOWED;
    }
    if (cause instanceof UnknownHostException) {
      return HookFailure.DNS;
    }
    if (cause instanceof ConnectTimeoutException || cause instanceof TimeoutException) {
      return HookFailure.CONNECT_TIMEOUT;
    }
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof SSLException) {
        return HookFailure.TLS;
      }
    }
    return HookFailure.REFUSED;
  }
}
