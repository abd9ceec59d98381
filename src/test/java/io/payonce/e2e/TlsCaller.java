package io.payonce.e2e;

import io.payonce.tls.CertificateBundle;
import io.payonce.tls.TlsEngine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConfig;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.ClientSSLOptions;

/** A checkout service that proves who it is, on HTTP/2. */
record TlsCaller(HttpClientAgent client, String key) {
  /** What a caller got. */
  record Got(int status, HttpVersion version, String body) {
    String code() {
      return new JsonObject(body).getString("code");
    }

    boolean isPaid() {
      return Caller.isPaid(body);
    }
  }

  /** @param pem whom it trusts, and what it shows */
  static TlsCaller of(Vertx vertx, CertificateBundle pem, String key) {
    ClientSSLOptions tls =
        new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS").setUseAlpn(true);
    pem.trust().ifPresent(tls::setTrustOptions);
    pem.identity().ifPresent(tls::setKeyCertOptions);
    HttpClientAgent client = vertx
        .httpClientBuilder()
        .with(new HttpClientConfig().setVersions(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
        .with(tls)
        .with(TlsEngine.best())
        .build();
    return new TlsCaller(client, key);
  }

  /** Asked for where the head arrives: what comes before it is asked for is lost. */
  private static Future<Got> whole(HttpClientResponse response) {
    return response
        .body()
        .map(bytes ->
            new Got(response.statusCode(), response.request().version(), bytes.toString()));
  }

  Future<Got> send(int port, String path, String body) {
    RequestOptions options = new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setSsl(true)
        .setHost("localhost")
        .setPort(port)
        .setURI(path)
        .putHeader("Content-Type", "application/json")
        .putHeader("Authorization", "Bearer " + key);
    return client
        .request(options)
        .compose(request -> request.send(Buffer.buffer(body)).compose(TlsCaller::whole));
  }
}
