package io.payonce.sandbox.http;

import io.payonce.sandbox.request.SandboxSettings;
import io.payonce.sandbox.signature.SignatureCheck;
import java.util.function.LongSupplier;

/**
 * Says how a sandbox is started.
 *
 * @param host address to listen on
 * @param port port to listen on; 0: a free one
 * @param clock epoch milliseconds; a test may pass one that it moves by hand
 * @param settings behaviour at the start and after a reset
 * @param signatures which requests count as signed
 * @param webhooksAnywhere whether notifications go to other machines, too
 */
public record SandboxOptions(
    String host,
    int port,
    LongSupplier clock,
    SandboxSettings settings,
    SignatureCheck signatures,
    boolean webhooksAnywhere) {

  public static SandboxOptions defaults() {
    return new SandboxOptions(
        "127.0.0.1",
        0,
        System::currentTimeMillis,
        SandboxSettings.defaults(),
        SignatureCheck.none(),
        false);
  }

  public SandboxOptions withHost(String host) {
    return new SandboxOptions(host, port, clock, settings, signatures, webhooksAnywhere);
  }

  public SandboxOptions withPort(int port) {
    return new SandboxOptions(host, port, clock, settings, signatures, webhooksAnywhere);
  }

  public SandboxOptions withClock(LongSupplier clock) {
    return new SandboxOptions(host, port, clock, settings, signatures, webhooksAnywhere);
  }

  public SandboxOptions withSettings(SandboxSettings settings) {
    return new SandboxOptions(host, port, clock, settings, signatures, webhooksAnywhere);
  }

  public SandboxOptions withSignatures(SignatureCheck signatures) {
    return new SandboxOptions(host, port, clock, settings, signatures, webhooksAnywhere);
  }

  public SandboxOptions withWebhooksAnywhere() {
    return new SandboxOptions(host, port, clock, settings, signatures, true);
  }
}
