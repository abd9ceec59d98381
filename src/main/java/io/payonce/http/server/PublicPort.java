package io.payonce.http.server;

import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerOptions;

/** Configures a port that strangers can reach: no more of HTTP than is served there. */
public final class PublicPort {
  private PublicPort() {}

  /** @param idleSeconds after which a connection that nothing comes on is closed */
  public static HttpServerConfig config(String host, int port, int idleSeconds) {
    return new HttpServerConfig(new HttpServerOptions()
        .setHost(host)
        .setPort(port)
        .setHttp2ClearTextEnabled(false)
        .setIdleTimeout(idleSeconds)
        .setInitialSettings(http2())
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        // Only who is let in gets 100 Continue, by who reads its body.
        .setHandle100ContinueAutomatically(false));
  }

  private static Http2Settings http2() {
    return new HttpServerOptions()
        .getInitialSettings()
        .setMaxHeaderListSize(RequestSanity.READ_HEAD_BYTES);
  }
}
