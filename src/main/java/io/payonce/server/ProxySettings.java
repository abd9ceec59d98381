package io.payonce.server;

import java.util.List;

/**
 * What the proxy's door needs of the configuration.
 *
 * @param bodyMillis within which a request body must have arrived
 */
record ProxySettings(
    String host,
    int port,
    int maxBodyBytes,
    long bodyMillis,
    long waitBudgetMillis,
    List<String> requestIdHeaders) {}
