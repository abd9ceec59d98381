package io.payonce.tls;

import io.vertx.core.net.TrustOptions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.TrustManagerFactory;

/**
 * The authorities of the Java runtime, read from its file once and before any call is served. Left
 * without any, Netty reads them itself: on an event loop, in the first handshake.
 */
public final class RuntimeTrust {
  private static final TrustOptions AUTHORITIES = TrustOptions.wrap(read());

  private RuntimeTrust() {}

  /** Reads a file the first time. */
  public static TrustOptions authorities() {
    return AUTHORITIES;
  }

  private static TrustManagerFactory read() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return factory;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the Java runtime's authorities cannot be read", e);
    }
  }
}
