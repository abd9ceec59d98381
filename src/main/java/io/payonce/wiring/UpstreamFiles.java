package io.payonce.wiring;

import io.payonce.settings.Settings;
import io.payonce.tls.CertificateBundle;
import io.payonce.tls.CertificateFiles;
import io.payonce.tls.WatchedFile;
import io.vertx.core.Vertx;

/** Files on the way to the platform that are the same whoever calls it; followed while we run. */
record UpstreamFiles(
    WatchedFile<CertificateBundle> certificates, WatchedFile<String> proxyLogin, boolean logsIn) {
  static UpstreamFiles of(Settings settings) {
    Settings.UpstreamTls tls = settings.upstream().tls();
    CertificateFiles files = new CertificateFiles(tls.certFile(), tls.keyFile(), tls.caFile());
    return new UpstreamFiles(
        WatchedFile.of("the upstream certificates", () -> CertificateBundle.read(files)),
        WatchedFile.of("the login at the proxy", () -> SettingsKeySource.proxyLogin(settings)),
        settings.upstream().proxyLogin().isPresent());
  }

  void watch(Vertx vertx) {
    certificates.watch(vertx, WatchedFile.PAUSE_MILLIS);
    if (logsIn) {
      proxyLogin.watch(vertx, WatchedFile.PAUSE_MILLIS);
    }
  }
}
