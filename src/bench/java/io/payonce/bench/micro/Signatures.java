package io.payonce.bench.micro;

import io.payonce.signing.Signer;
import io.payonce.signing.Signing;
import io.payonce.signing.SigningAlgorithm;
import io.payonce.signing.SigningInput;
import io.payonce.signing.SigningKey;
import io.payonce.signing.SigningMode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Signing one request in each mode; RSA is the one that an event loop feels. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Signatures {
  @Param({"hmac-sha256", "sorted-params", "rsa-sha256", "rfc9421 hmac", "rfc9421 ed25519",
    "rfc9421 ecdsa", "rfc9421 rsa-pss"})
  public String mode;

  private final SigningInput input = new SigningInput(
      "POST",
      new SigningInput.Target(
          "https", "open.sunbay.us", "/v1/semi-integration/transaction/sale", null),
      "application/json",
      "1763893456789",
      "6f3a0c1e-1111-4222-8333-0123456789ab",
      "{\"appId\":\"app1\",\"merchantId\":\"M0000000001\",\"terminalSn\":\"T0001\"}"
          .getBytes(StandardCharsets.UTF_8));
  private Signer signer;

  /** Makes a signer as an event loop does, once. */
  @Setup
  public void prepare() throws GeneralSecurityException {
    byte[] secret = "a secret of the benchmark".getBytes(StandardCharsets.UTF_8);
    Signing signing = switch (mode) {
      case "rsa-sha256" ->
        Signing.of(
            SigningMode.RSA_SHA256,
            SigningKey.of("k", pair("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4))));
      case "rfc9421 hmac" ->
        Signing.of(SigningMode.HTTP_MESSAGE_SIGNATURES, SigningKey.ofSecret("k", secret));
      case "rfc9421 ed25519" ->
        Signing.of(
            SigningMode.HTTP_MESSAGE_SIGNATURES,
            new SigningKey("k", SigningAlgorithm.of("ed25519"), pair("Ed25519", null)));
      case "rfc9421 ecdsa" ->
        Signing.of(
            SigningMode.HTTP_MESSAGE_SIGNATURES,
            new SigningKey(
                "k",
                SigningAlgorithm.of("ecdsa-p256-sha256"),
                pair("EC", new ECGenParameterSpec("secp256r1"))));
      case "rfc9421 rsa-pss" ->
        Signing.of(
            SigningMode.HTTP_MESSAGE_SIGNATURES,
            new SigningKey(
                "k",
                SigningAlgorithm.of("rsa-pss-sha512"),
                pair("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4))));
      default -> Signing.of(SigningMode.of(mode), SigningKey.ofSecret("k", secret));
    };
    signer = signing.signer();
  }

  private static PrivateKey pair(String algorithm, AlgorithmParameterSpec spec)
      throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (spec != null) {
      generator.initialize(spec);
    }
    return generator.generateKeyPair().getPrivate();
  }

  @Benchmark
  public void sign(Blackhole hole) {
    signer.sign(input, (name, value) -> hole.consume(value));
  }
}
