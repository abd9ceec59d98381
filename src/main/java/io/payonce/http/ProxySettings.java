package io.payonce.http;

import io.payonce.model.Operations;
import io.payonce.settings.Settings;
import java.util.List;
import java.util.function.Supplier;

/**
 * Holds the settings of the callers' port.
 *
 * @param forbidden what becomes of calls that their client may not make
 * @param operations what is a payment, and what is passed on
 * @param limits read anew for each request
 */
public record ProxySettings(
    PortSettings port,
    List<String> passHeaders,
    List<String> requestIdHeaders,
    ForbiddenCalls forbidden,
    Operations operations,
    Supplier<Settings.Server> limits) {}
