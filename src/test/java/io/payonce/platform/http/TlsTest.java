package io.payonce.platform.http;

import static io.payonce.platform.http.RawServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.credentials.PlatformKeys;
import io.payonce.model.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A send goes only to the host it was meant for, and only when that host can prove it. */
class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir
  static Path folder;

  private static SSLContext context;
  private static Path certificate;

  @BeforeAll
  static void makeACertificateForLocalhost() throws Exception {
    Path store = folder.resolve("server.p12");
    Process keytool = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "server",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost",
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-storepass",
            "changeit",
            "-keystore",
            store.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("keytool.log").toFile())
        .start();
    assertThat(keytool.waitFor()).isZero();
    use(store);
  }

  private static void use(Path store) throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, PASSWORD);
    context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    String der =
        Base64.getMimeEncoder().encodeToString(keys.getCertificate("server").getEncoded());
    certificate = folder.resolve("server.pem");
    Files.writeString(
        certificate, "-----BEGIN CERTIFICATE-----\n" + der + "\n-----END CERTIFICATE-----\n");
  }

  @Test
  void a_host_that_proves_its_name_gets_the_request() throws IOException {
    try (RawServer server = server();
        PlatformFixture fixture = fixture("localhost", server, certificate)) {
      assertThat(fixture.send()).isInstanceOf(Answer.Spoken.class);
      assertThat(fixture.send()).isInstanceOf(Answer.Spoken.class);
      assertThat(fixture.call(PlatformFixture.get("/v1/x"))).isInstanceOf(Answer.Spoken.class);
      assertThat(server.connections).hasValue(2);
      assertThat(server.received.get(0).header("Host")).isEqualTo("localhost:" + server.port());
    }
  }

  @Test
  void a_host_of_another_name_gets_nothing() throws IOException {
    try (RawServer server = server();
        PlatformFixture fixture = fixture("127.0.0.1", server, certificate)) {
      assertGetsNothing(fixture, server);
    }
  }

  @Test
  void a_host_without_a_trusted_certificate_gets_nothing() throws IOException {
    try (RawServer server = server();
        PlatformFixture fixture = fixture("localhost", server, null)) {
      assertGetsNothing(fixture, server);
    }
  }

  private static void assertGetsNothing(PlatformFixture fixture, RawServer server) {
    assertThat(fixture.send()).isEqualTo(new Answer.Unsent("tls"));
    assertThat(fixture.call(PlatformFixture.get("/v1/x"))).isEqualTo(new Answer.Unsent("tls"));
    assertThat(server.received).isEmpty();
    assertThat(server.bytes).hasValue(0);
  }

  private static RawServer server() throws IOException {
    ServerSocket socket = context
        .getServerSocketFactory()
        .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    return new RawServer(socket, json(PlatformFixture.PAID));
  }

  private static PlatformFixture fixture(String host, RawServer server, Path ca) {
    return new PlatformFixture(
        PlatformFixture.settings("https://" + host + ":" + server.port(), 10_000, 20_000, 4, ca),
        new PlatformKeys(() -> PlatformFixture.access("sk_1")));
  }
}
