package io.payonce.platform.http;

import io.payonce.codes.Code;
import io.payonce.codes.Remedy;
import io.payonce.credentials.Credentials;
import io.payonce.credentials.PlatformKeys;
import io.payonce.credentials.RequestCredentials;
import io.payonce.dns.Host;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Intent;
import io.payonce.platform.Platform;
import io.payonce.platform.PlatformAddress;
import io.payonce.platform.PlatformClock;
import io.payonce.platform.PlatformRequest;
import io.payonce.signing.UnsignableException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The platform over HTTP. Payments go through a plain {@code HttpClient}, which tells "nothing
 * left" from "unknown"; questions go through a WebClient with connections of its own. One for each
 * event loop: made and used on it, not thread-safe.
 */
public final class HttpPlatform implements Platform {
  private static final Logger LOG = LoggerFactory.getLogger(HttpPlatform.class);

  /**
   * One a core and shared by all event loops: with more, signatures in the making would crowd the
   * event loops out; with fewer, cores would idle while sends wait for theirs.
   */
  private static final int SIGNERS = Runtime.getRuntime().availableProcessors();

  private final Vertx vertx;
  private final PlatformKeys keys;
  private final PlatformClock clock;
  private final Credentials credentials;
  private final WorkerExecutor workers;
  private final RequestSigner signer;
  private final List<HttpClientAgent> clients;
  private final PaymentSender wire;
  private final QueryClient questions;

  /**
   * @param keys shared by all event loops, as is the clock
   * @param scan reads the envelope of an answer; null when it is none
   * @throws IllegalArgumentException when the base URL is none
   */
  public HttpPlatform(
      Vertx vertx,
      PlatformSettings settings,
      PlatformKeys keys,
      PlatformClock clock,
      Credentials credentials,
      Function<byte[], Envelope> scan) {
    this(vertx, settings, keys, keys::current, clock, credentials, scan);
  }

  private HttpPlatform(
      Vertx vertx,
      PlatformSettings settings,
      PlatformKeys keys,
      Supplier<RequestCredentials> access,
      PlatformClock clock,
      Credentials credentials,
      Function<byte[], Envelope> scan) {
    this.vertx = vertx;
    this.keys = keys;
    this.clock = clock;
    this.credentials = credentials;
    PlatformAddress endpoint = PlatformAddress.of(settings.baseUrl());
    workers = vertx.createSharedWorkerExecutor("payonce-signing", SIGNERS);
    signer = new RequestSigner(endpoint, settings.requestIdHeaders(), access, workers);
    Connections connections = new Connections(vertx, settings, endpoint.tls());
    clients = List.of(connections.kept(), connections.kept(), connections.fresh());
    ResponseReader reading = new ResponseReader(scan, clock);
    Host host = settings.route().names().host(settings.nearestHost());
    Supplier<AddressAttempts> ways =
        () -> new AddressAttempts(vertx, host, endpoint.port(), settings.route().tunnel());
    wire = new PaymentSender(vertx, clients.get(0), settings, reading, ways);
    questions = new QueryClient(clients.get(1), clients.get(2), settings, reading, ways);
  }

  /** What new credentials are asked for with; it uses those that need no renewal. */
  public static HttpPlatform forRenewals(
      Vertx vertx,
      PlatformSettings settings,
      PlatformKeys keys,
      PlatformClock clock,
      Function<byte[], Envelope> scan) {
    return new HttpPlatform(
        vertx, settings, keys, keys::forRenewals, clock, Credentials.NOTHING_TO_RENEW, scan);
  }

  @Override
  public Future<Answer> send(Intent intent, PlatformRequest request) {
    return credentials.isReady()
        ? sendNow(intent, request)
        : credentials
            .ready()
            .compose(
                ready -> ready ? sendNow(intent, request) : unsent(FailureReasons.NO_CREDENTIALS));
  }

  private Future<Answer> sendNow(Intent intent, PlatformRequest payment) {
    return signer
        .next(payment, clock.at(intent.stampedAtMillis()))
        .compose(request -> wire.send(intent, request, payment.body()), HttpPlatform::unsigned);
  }

  @Override
  public Future<Answer> call(PlatformRequest message) {
    return credentials.isReady()
        ? callAndRemedy(message)
        : credentials
            .ready()
            .compose(
                ready -> ready ? callAndRemedy(message) : unsent(FailureReasons.NO_CREDENTIALS));
  }

  /** What was refused for a key, a session or the time did nothing, so it is asked once more. */
  private Future<Answer> callAndRemedy(PlatformRequest message) {
    long signedAtMillis = System.currentTimeMillis();
    return callNow(message)
        .compose(answer -> answer instanceof Answer.Spoken spoken
            ? remedy(Code.of(spoken.envelope().code()).remedy(), signedAtMillis)
                .compose(remedied -> remedied ? callNow(message) : Future.succeededFuture(answer))
            : Future.succeededFuture(answer));
  }

  private Future<Answer> callNow(PlatformRequest message) {
    return signer
        .next(message, now())
        .compose(request -> ask(request, message), HttpPlatform::unsigned);
  }

  private Future<Answer> ask(RequestOptions request, PlatformRequest message) {
    return questions
        .ask(request, message.body())
        .compose(answer -> mayAskAgain(message, answer)
            ? signer.next(message, now()).compose(again -> questions.askAnew(again, message.body()))
            : Future.succeededFuture(answer));
  }

  @Override
  public Future<Boolean> remedy(Remedy remedy, long signedAtMillis) {
    return switch (remedy) {
      case SET_CLOCK -> Future.succeededFuture(clock.hasJumpedSince(signedAtMillis));
      case READ_KEYS -> readKeys(signedAtMillis);
      case RENEW_TMK, RENEW_KEY, LOG_IN -> credentials.renew(remedy, signedAtMillis);
      case NONE, SLOW_DOWN, BY_OTHERS, CALL_OPERATOR -> Future.succeededFuture(false);
    };
  }

  /** Where the working key signs, a signature refused may mean that another pod renewed it. */
  private Future<Boolean> readKeys(long signedAtMillis) {
    return keys.renewedSince(vertx, signedAtMillis)
        .compose(changed -> changed || !keys.workingKeySigns()
            ? Future.succeededFuture(changed)
            : credentials.renew(Remedy.RENEW_KEY, signedAtMillis));
  }

  /** Closes the connections; what is under way on them ends in silence. */
  @Override
  public Future<Void> close() {
    return Future.all(clients.stream().map(HttpClientAgent::close).toList())
        .eventually(workers::close)
        .mapEmpty();
  }

  private long now() {
    return clock.at(System.currentTimeMillis());
  }

  private static boolean mayAskAgain(PlatformRequest message, Answer answer) {
    return message.method().equals("GET")
        && answer instanceof Answer.Silent silent
        && FailureReasons.isBroken(silent.why());
  }

  private static Future<Answer> unsent(String why) {
    return Future.succeededFuture(new Answer.Unsent(why));
  }

  /** What could not be made was not sent. Only messages of our own are passed on. */
  private static Future<Answer> unsigned(Throwable why) {
    if (why instanceof UnsignableException) {
      return Future.succeededFuture(new Answer.Unsent(FailureReasons.UNSIGNABLE, why.getMessage()));
    }
    if (!(why instanceof IllegalArgumentException)) {
      // Its message may quote a header, or a key.
      LOG.error("request not made: {}", why.getClass().getName());
    }
    return Future.succeededFuture(new Answer.Unsent(
        FailureReasons.UNSIGNABLE, "its path or a header has no unambiguous form"));
  }
}
