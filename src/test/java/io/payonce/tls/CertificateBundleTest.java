package io.payonce.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.payonce.tls.Pki.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class CertificateBundleTest {
  @TempDir
  Path folder;

  private Pki pki;

  @BeforeEach
  void anAuthority() {
    pki = new Pki(folder, "good");
  }

  @Test
  void new_content_behind_the_same_paths_is_a_new_value() throws IOException {
    Identity identity = pki.localhost();
    CertificateFiles files = identity.trusting(pki.authorityFile());
    CertificateBundle before = CertificateBundle.read(files);
    assertThat(CertificateBundle.read(files)).isEqualTo(before);
    identity.become(pki.localhost());
    assertThat(CertificateBundle.read(files)).isNotEqualTo(before);
  }

  @Test
  void an_expired_certificate_is_refused_by_name_and_date() {
    assertRefused(pki.expired(), "the certificate expired at");
  }

  @Test
  void a_key_of_another_certificate_is_refused() {
    assertRefused(
        new Identity(pki.localhost().chain(), pki.localhost().key()),
        "the private key is not the certificate's");
  }

  @Test
  void what_is_no_certificate_or_no_key_is_refused_without_quoting_it() throws IOException {
    Path junk = Files.writeString(folder.resolve("junk.pem"), "hush hush");
    Identity good = pki.localhost();
    assertRefused(new Identity(junk, good.key()), "holds no certificate");
    assertRefused(new Identity(good.chain(), junk), "no PRIVATE KEY block");
    assertRefused(new Identity(folder.resolve("absent"), good.key()), "cannot be read");
    Path half = Files.writeString(
        folder.resolve("half.pem"), Files.readString(good.chain()).substring(0, 200));
    assertThatThrownBy(() -> CertificateBundle.read(new Identity(half, good.key()).trusting(null)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> CertificateBundle.read(CertificateFiles.trusting(junk)))
        .hasMessageContaining("junk.pem");
  }

  @Test
  void a_bad_new_file_leaves_the_old_in_use_until_a_good_one_comes() {
    Identity identity = pki.localhost();
    WatchedFile<CertificateBundle> watched =
        WatchedFile.of("the certificates", () -> CertificateBundle.read(identity.trusting(null)));
    CertificateBundle before = watched.current();
    identity.become(pki.expired());
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    Logger log = (Logger) LoggerFactory.getLogger(WatchedFile.class);
    said.start();
    log.addAppender(said);
    assertThat(watched.reread()).isFalse();
    log.detachAppender(said);
    assertThat(said.list)
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .contains("the certificates", "the old stays in use", "expired");
    assertThat(watched.current()).isSameAs(before);
    identity.become(pki.localhost());
    assertThat(watched.reread()).isTrue();
    assertThat(watched.current()).isNotEqualTo(before);
  }

  @Test
  void a_bad_first_file_stops_the_start() {
    assertThatThrownBy(() -> WatchedFile.of(
            "the server's certificates",
            () -> CertificateBundle.read(pki.expired().trusting(null))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the server's certificates: ")
        .hasMessageContaining("expired");
  }

  private static void assertRefused(Identity identity, String why) {
    assertThatThrownBy(() -> CertificateBundle.read(identity.trusting(null)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("hush");
  }
}
