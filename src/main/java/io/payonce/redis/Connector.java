package io.payonce.redis;

import io.payonce.dns.Host;
import io.payonce.dns.HostNames;
import io.payonce.redis.failure.ConnectionFailure;
import io.payonce.redis.failure.RedisAddress;
import io.payonce.tls.RuntimeTrust;
import io.payonce.tls.TlsEngine;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;

/**
 * Opens single connections: connected, logged in and in the right database within the connect
 * timeout, or not at all. Whoever dials again gets another address of the same name, if it has one.
 */
final class Connector {
  private final Vertx vertx;
  private final long connectTimeoutMillis;
  private final long callTimeoutMillis;
  private final Optional<Path> caFile;
  private final HostNames names;
  private final Lane.Idle idle;

  Connector(Vertx vertx, RedisSettings settings, Lane.Idle idle) {
    this.vertx = vertx;
    this.idle = idle;
    this.connectTimeoutMillis = settings.connectTimeout().toMillis();
    this.callTimeoutMillis = settings.callTimeout().toMillis();
    this.caFile = settings.caFile();
    this.names = settings.names();
  }

  /**
   * One that answers: the client takes a connection for good that Redis will do nothing for (no
   * password where one is wanted, or still reading its file).
   */
  Future<PipelinedConnection> wire(RedisAddress endpoint) {
    return make(
            endpoint,
            (opened, hasLeft) -> new PipelinedConnection(
                endpoint.address(),
                opened.client(),
                opened.connection(),
                opened.instead(),
                callTimeoutMillis,
                idle,
                hasLeft))
        .compose(wire -> within(connectTimeoutMillis, wire.send(Request.cmd(Command.PING), "PING"))
            .map(wire)
            .onFailure(failure -> wire.drop()));
  }

  /** One question on a connection of its own, which is closed afterwards. */
  Future<Response> ask(RedisAddress endpoint, Request request, String what) {
    return wire(endpoint)
        .compose(wire -> within(callTimeoutMillis, wire.send(request, what))
            .andThen((response, failure) -> wire.drop()));
  }

  /** As wire, but only to a node that calls itself a primary. */
  Future<PipelinedConnection> primary(RedisAddress endpoint) {
    return wire(endpoint)
        .compose(wire -> within(callTimeoutMillis, wire.send(Request.cmd(Command.ROLE), "ROLE"))
            .compose(role -> role.get(0).toString().equals("master")
                ? Future.succeededFuture(wire)
                : Future.failedFuture(PipelinedConnection.notConnected(
                    "the command", ConnectionFailure.of("READONLY"))))
            .onFailure(failure -> wire.drop()));
  }

  /** The bare connection, for subscriptions; who takes it closes the client. */
  <T> Future<T> open(RedisAddress endpoint, BiFunction<Redis, RedisConnection, T> then) {
    return make(endpoint, (opened, hasLeft) -> then.apply(opened.client(), opened.connection()));
  }

  /** Makes something of a connection, and of the question whether its name leads elsewhere now. */
  private interface Made<T> {
    T of(Opened opened, BooleanSupplier hasLeft);
  }

  private <T> Future<T> make(RedisAddress endpoint, Made<T> made) {
    Host host = names.host(endpoint.host());
    return host.next(vertx, List.of())
        .compose(address -> open(endpoint, address)
            .map(opened -> made.of(opened, () -> host.hasLeft(address)))
            .onFailure(failure -> host.failed(address)));
  }

  private record Opened(
      Redis client, RedisConnection connection, FlushBatchingVertx.Instead instead) {}

  private Future<Opened> open(RedisAddress endpoint, InetAddress address) {
    // A client for each connection: closing the client is the only public way to really close a
    // stuck connection.
    FlushBatchingVertx.Instead instead = new FlushBatchingVertx.Instead();
    Redis client =
        Redis.createClient(FlushBatchingVertx.around(vertx, address, instead), options(endpoint));
    return within(connectTimeoutMillis, client.connect())
        .map(connection -> new Opened(client, connection, instead))
        .onFailure(e -> client.close().otherwiseEmpty());
  }

  /**
   * A bounded wait on this loop. A future that knows no loop waits on a thread of Netty's, and what
   * follows would run there.
   */
  private <T> Future<T> within(long millis, Future<T> answer) {
    Promise<T> here = ((ContextInternal) vertx.getOrCreateContext()).promise();
    answer.onComplete(here);
    return here.future().timeout(millis, TimeUnit.MILLISECONDS);
  }

  private TrustOptions trust() {
    return caFile
        .<TrustOptions>map(ca -> new PemTrustOptions().addCertPath(ca.toString()))
        .orElseGet(RuntimeTrust::authorities);
  }

  private RedisOptions options(RedisAddress endpoint) {
    NetClientOptions net = new NetClientOptions()
        .setConnectTimeout((int) Math.min(connectTimeoutMillis, Integer.MAX_VALUE))
        .setTcpNoDelay(true)
        .setTcpKeepAlive(true);
    if (endpoint.tls()) {
      // A client for each connection also means: a new authority in the file counts for the next.
      net.setHostnameVerificationAlgorithm("HTTPS")
          .setEnabledSecureTransportProtocols(TlsEngine.protocols())
          .setSslEngineOptions(TlsEngine.best())
          .setTrustOptions(trust());
    }
    RedisOptions options = new RedisOptions()
        .setConnectionString(endpoint.uri())
        .setNetClientOptions(net)
        .setMaxWaitingHandlers(PipelinedConnection.maxInFlight() + 1);
    // One connection, never recycled or looked at by a cleaner: it is leased for its whole life.
    return options
        .setMaxPoolSize(1)
        .setMaxPoolWaiting(1)
        .setPoolCleanerInterval(-1)
        .setPoolRecycleTimeout(-1);
  }
}
