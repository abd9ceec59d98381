package io.payonce.tls;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * The content of {@link CertificateFiles}, checked: certificates that can be read, valid today, and
 * a key that belongs to them. Holds the content and not the paths, so that new content is a new
 * value.
 */
public record CertificateBundle(
    Optional<String> chain, Optional<String> key, Optional<String> authorities) {
  /** @throws IOException naming the file and what is wrong with it, never quoting a key */
  public static CertificateBundle read(CertificateFiles files) throws IOException {
    CertificateBundle pem =
        new CertificateBundle(text(files.chain()), text(files.key()), text(files.authorities()));
    if (files.chain().isPresent()) {
      Path path = files.chain().get();
      X509Certificate first = certificates(pem.chain.orElseThrow(), path).get(0);
      requireValid(first, path);
      requireBelongs(pem.key.orElseThrow(), first, files.key().orElseThrow());
    }
    if (files.authorities().isPresent()) {
      certificates(pem.authorities.orElseThrow(), files.authorities().get());
    }
    return pem;
  }

  /** To show who we are; empty without a certificate. */
  public Optional<KeyCertOptions> identity() {
    return chain.map(text -> new PemKeyCertOptions()
        .setCertValue(Buffer.buffer(text))
        .setKeyValue(Buffer.buffer(key.orElseThrow())));
  }

  /** To know others by; empty without authorities of our own. */
  public Optional<TrustOptions> trust() {
    return authorities.map(text -> new PemTrustOptions().addCertValue(Buffer.buffer(text)));
  }

  private static Optional<String> text(Optional<Path> path) throws IOException {
    return path.isEmpty() ? Optional.empty() : Optional.of(text(path.get()));
  }

  private static String text(Path path) throws IOException {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new IOException(path + " cannot be read: " + e.getClass().getSimpleName(), e);
    }
  }

  private static List<X509Certificate> certificates(String text, Path path) throws IOException {
    // The parser stops without a word at what is no certificate, such as a key that comes first.
    int start = text.indexOf("-----BEGIN CERTIFICATE");
    if (start < 0) {
      throw new IOException(path + " holds no certificate in PEM");
    }
    try {
      String blocks = text.substring(start);
      List<X509Certificate> found = CertificateFactory.getInstance("X.509")
          .generateCertificates(
              new ByteArrayInputStream(blocks.getBytes(StandardCharsets.US_ASCII)))
          .stream()
          .map(X509Certificate.class::cast)
          .toList();
      if (!found.isEmpty()) {
        return found;
      }
    } catch (CertificateException e) {
      throw new IOException(path + " holds a certificate that cannot be read", e);
    }
    throw new IOException(path + " holds no certificate that can be read");
  }

  private static void requireValid(X509Certificate certificate, Path path) throws IOException {
    try {
      certificate.checkValidity();
    } catch (CertificateExpiredException e) {
      throw new IOException(
          path + ": the certificate expired at " + certificate.getNotAfter().toInstant(), e);
    } catch (CertificateNotYetValidException e) {
      throw new IOException(
          path + ": the certificate is valid from " + certificate.getNotBefore().toInstant()
              + " only",
          e);
    }
  }

  private static void requireBelongs(String pem, X509Certificate certificate, Path path)
      throws IOException {
    boolean belongs;
    try {
      belongs = belongs(PemKeys.tlsKey(pem), certificate);
    } catch (IllegalArgumentException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    } catch (GeneralSecurityException e) {
      belongs = false;
    }
    if (!belongs) {
      throw new IOException(path + ": the private key is not the certificate's");
    }
  }

  private static boolean belongs(PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    String algorithm = switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update((byte) 1);
    byte[] signed = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update((byte) 1);
    return signature.verify(signed);
  }

  @Override
  public String toString() {
    return "Pem[***]";
  }
}
