package io.payonce.platform;

import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Intent;
import io.payonce.rule.Remedy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.function.Function;

/**
 * The platform over HTTP. Payments go through a plain {@code HttpClient}, which tells "nothing
 * left" from "unknown"; questions go through a WebClient with connections of its own. One for each
 * event loop: made and used on it, not thread-safe.
 */
public final class HttpPlatform implements Platform {
  private final Vertx vertx;
  private final Keys keys;
  private final PlatformClock clock;
  private final Credentials credentials;
  private final Copies copies;
  private final List<HttpClientAgent> clients;
  private final Wire wire;
  private final Questions questions;

  /**
   * @param keys shared by all event loops, as is the clock
   * @param scan reads the envelope of an answer; null when it is none
   * @throws IllegalArgumentException when the base URL is none
   */
  public HttpPlatform(
      Vertx vertx,
      PlatformSettings settings,
      Keys keys,
      PlatformClock clock,
      Credentials credentials,
      Function<byte[], Envelope> scan) {
    this.vertx = vertx;
    this.keys = keys;
    this.clock = clock;
    this.credentials = credentials;
    Endpoint endpoint = Endpoint.of(settings.baseUrl());
    copies = new Copies(endpoint, settings.requestIdHeaders(), keys);
    Connections connections = new Connections(vertx, settings, endpoint.tls());
    clients = List.of(connections.kept(), connections.kept(), connections.fresh());
    Reading reading = new Reading(scan, clock);
    wire = new Wire(vertx, clients.get(0), settings, reading);
    questions = new Questions(clients.get(1), clients.get(2), settings, reading);
  }

  @Override
  public Future<Answer> send(Intent intent, Message copy) {
    RequestOptions request;
    try {
      request = copies.next(copy, clock.at(intent.stampedAtMillis()));
    } catch (IllegalArgumentException e) {
      return unsignable();
    }
    return wire.send(intent, request, copy.body());
  }

  @Override
  public Future<Answer> call(Message message) {
    RequestOptions request;
    try {
      request = copies.next(message, now());
    } catch (IllegalArgumentException e) {
      return unsignable();
    }
    return questions
        .ask(request, message.body())
        .compose(answer -> mayAskAgain(message, answer)
            ? questions.askAnew(copies.next(message, now()), message.body())
            : Future.succeededFuture(answer));
  }

  @Override
  public Future<Boolean> mend(Remedy remedy, long signedAtMillis) {
    return switch (remedy) {
      case SET_CLOCK -> Future.succeededFuture(clock.hasJumpedSince(signedAtMillis));
      case READ_KEYS -> keys.renewedSince(vertx, signedAtMillis);
      case RENEW_TMK, RENEW_KEY, LOG_IN -> credentials.renew(remedy, signedAtMillis);
      case NONE, SLOW_DOWN, TELL_A_PERSON -> Future.succeededFuture(false);
    };
  }

  /** Closes the connections; what is under way on them ends in silence. */
  public Future<Void> close() {
    return Future.all(clients.stream().map(HttpClientAgent::close).toList()).mapEmpty();
  }

  private long now() {
    return clock.at(System.currentTimeMillis());
  }

  private static boolean mayAskAgain(Message message, Answer answer) {
    return message.method().equals("GET")
        && answer instanceof Answer.Silent silent
        && Reasons.isBroken(silent.why());
  }

  private static Future<Answer> unsignable() {
    return Future.succeededFuture(new Answer.Unsent(Reasons.UNSIGNABLE));
  }
}
