package io.payonce.server;

import io.payonce.settings.Settings;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the proxy's door needs of the configuration.
 *
 * @param bodyMillis within which a request body must have arrived
 * @param limits read anew for each request
 */
record ProxySettings(
    String host,
    int port,
    long bodyMillis,
    List<String> requestIdHeaders,
    ServerTls tls,
    Supplier<Settings.Server> limits) {}
