package io.payonce.http;

import io.payonce.http.server.BodyBudget;

/**
 * Holds the settings of a port on which others call us.
 *
 * @param bodies where the bytes of all bodies being read are counted
 * @param bodyMillis within which a body must have arrived
 * @param maxConnections that are open at once
 */
public record PortSettings(
    String host, int port, ServerTls tls, BodyBudget bodies, long bodyMillis, int maxConnections) {}
