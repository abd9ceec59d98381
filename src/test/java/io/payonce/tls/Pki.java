package io.payonce.tls;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** An authority of a test, and the certificates it gives out, as files. */
public final class Pki {
  private final Path folder;
  private final X509Bundle authority;
  private final Path authorityFile;
  private int given;

  public Pki(Path folder, String name) {
    this.folder = folder;
    authority = build(
        new CertificateBuilder()
            .subject("CN=" + name)
            .setIsCertificateAuthority(true)
            .setKeyUsage(
                true,
                CertificateBuilder.KeyUsage.keyCertSign,
                CertificateBuilder.KeyUsage.digitalSignature)
            .ecp256(),
        null);
    authorityFile = write(folder.resolve(name + "-ca.pem"), authority.getRootCertificatePEM());
  }

  /** A certificate and its key, in two files that can be replaced. */
  public record Identity(Path chain, Path key) {
    /** Puts another identity in the place of this one. */
    public void become(Identity other) {
      try {
        write(key, Files.readString(other.key));
        write(chain, Files.readString(other.chain));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    public CertificateFiles trusting(Path authorities) {
      return new CertificateFiles(
          Optional.of(chain), Optional.of(key), Optional.ofNullable(authorities));
    }
  }

  public Path authorityFile() {
    return authorityFile;
  }

  public Identity localhost() {
    return issue(it -> it.addSanDnsName("localhost"));
  }

  public Identity other(String host) {
    return issue(it -> it.addSanDnsName(host));
  }

  /** For a host name, or for an address. */
  public Identity called(String nameOrAddress) {
    boolean isAddress = nameOrAddress.contains(":") || nameOrAddress.matches("[0-9.]+");
    return issue(
        it -> isAddress ? it.addSanIpAddress(nameOrAddress) : it.addSanDnsName(nameOrAddress));
  }

  public Identity expired() {
    return issue(it -> it.addSanDnsName("localhost")
        .notBefore(Instant.now().minus(Duration.ofDays(30)))
        .notAfter(Instant.now().minus(Duration.ofDays(1))));
  }

  private Identity issue(UnaryOperator<CertificateBuilder> how) {
    given++;
    X509Bundle made = build(
        how.apply(new CertificateBuilder().subject("CN=certificate " + given).ecp256()), authority);
    String name = authorityFile.getFileName() + "-" + given;
    return new Identity(
        write(folder.resolve(name + ".pem"), made.getCertificatePathPEM()),
        write(folder.resolve(name + ".key"), made.getPrivateKeyPEM()));
  }

  private static X509Bundle build(CertificateBuilder builder, X509Bundle issuer) {
    try {
      return issuer == null ? builder.buildSelfSigned() : builder.buildIssuedBy(issuer);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
