package io.payonce.sandbox.http;

import io.payonce.sandbox.request.SandboxSettings;
import io.payonce.sandbox.signature.SignatureCheck;
import java.util.function.LongSupplier;

/**
 * How a sandbox is started.
 *
 * @param host address to listen on
 * @param port port to listen on; 0: a free one
 * @param clock epoch milliseconds; a test may pass one that it moves by hand
 * @param settings behaviour at the start and after a reset
 * @param signatures which copies count as signed
 */
public record SandboxOptions(
    String host,
    int port,
    LongSupplier clock,
    SandboxSettings settings,
    SignatureCheck signatures) {

  public static SandboxOptions defaults() {
    return new SandboxOptions(
        "127.0.0.1",
        0,
        System::currentTimeMillis,
        SandboxSettings.defaults(),
        SignatureCheck.none());
  }

  public SandboxOptions withHost(String host) {
    return new SandboxOptions(host, port, clock, settings, signatures);
  }

  public SandboxOptions withPort(int port) {
    return new SandboxOptions(host, port, clock, settings, signatures);
  }

  public SandboxOptions withClock(LongSupplier clock) {
    return new SandboxOptions(host, port, clock, settings, signatures);
  }

  public SandboxOptions withSettings(SandboxSettings settings) {
    return new SandboxOptions(host, port, clock, settings, signatures);
  }

  public SandboxOptions withSignatures(SignatureCheck signatures) {
    return new SandboxOptions(host, port, clock, settings, signatures);
  }
}
