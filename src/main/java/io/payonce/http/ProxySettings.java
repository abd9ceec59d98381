package io.payonce.http;

import io.payonce.http.server.BodyBudget;
import io.payonce.model.Operations;
import io.payonce.settings.Settings;
import java.util.List;
import java.util.function.Supplier;

/**
 * Holds the settings of the proxy port.
 *
 * @param bodyMillis within which a request body must have arrived
 * @param bodies where the bytes of all bodies being read are counted
 * @param forbidden what becomes of calls that their client may not make
 * @param maxConnections that are open at once
 * @param operations what is a payment, and what is passed on
 * @param limits read anew for each request
 */
public record ProxySettings(
    String host,
    int port,
    long bodyMillis,
    List<String> passHeaders,
    List<String> requestIdHeaders,
    ServerTls tls,
    BodyBudget bodies,
    ForbiddenCalls forbidden,
    int maxConnections,
    Operations operations,
    Supplier<Settings.Server> limits) {}
