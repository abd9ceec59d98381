package io.payonce.tls;

import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SSLEngineOptions;
import java.util.Set;

/**
 * Chooses what TLS runs on: BoringSSL where there is a library for this machine, else the JDK's
 * own.
 */
public final class TlsEngine {
  /** Whatever is older has been broken in public. */
  private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");

  private TlsEngine() {}

  /** A handshake costs BoringSSL less than a third of what it costs the JDK. */
  public static SSLEngineOptions best() {
    return OpenSSLEngineOptions.isAvailable()
        ? new OpenSSLEngineOptions()
        : new JdkSSLEngineOptions();
  }

  public static Set<String> protocols() {
    return PROTOCOLS;
  }
}
