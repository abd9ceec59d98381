package io.payonce.tls;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Says where the certificates for one side of TLS are.
 *
 * @param chain our certificate and those between it and its authority
 * @param key the private key of the first of them
 * @param authorities the only ones to trust; empty: those of the Java runtime
 */
public record CertificateFiles(
    Optional<Path> chain, Optional<Path> key, Optional<Path> authorities) {
  public static final CertificateFiles NONE =
      new CertificateFiles(Optional.empty(), Optional.empty(), Optional.empty());

  /** Only an authority to trust. */
  public static CertificateFiles trusting(Path authorities) {
    return new CertificateFiles(
        Optional.empty(), Optional.empty(), Optional.ofNullable(authorities));
  }
}
