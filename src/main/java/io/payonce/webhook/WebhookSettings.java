package io.payonce.webhook;

import io.payonce.http.ServerTls;
import io.payonce.http.server.BodyBudget;
import io.payonce.model.PaymentId;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Holds the settings of the port of the platform's notifications.
 *
 * @param bodies where the bytes of the bodies being read are counted, apart from callers'
 * @param maxConnections that are open at once
 * @param bodyMillis within which a body must have arrived
 * @param secret what the platform signs with now; empty signs nothing
 * @param maxAgeMillis how far the time of a message may be away
 * @param nowMillis the time by the platform's clock, as far as that is known
 * @param payments the payment whose own address ends so; empty for what we have not made
 * @param heard is told whose secret has signed a message that came in time
 */
public record WebhookSettings(
    String host,
    int port,
    WebhookPaths paths,
    ServerTls tls,
    BodyBudget bodies,
    int maxConnections,
    long bodyMillis,
    Supplier<byte[]> secret,
    long maxAgeMillis,
    LongSupplier nowMillis,
    Function<String, Optional<PaymentId>> payments,
    Consumer<String> heard) {}
