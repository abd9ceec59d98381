package io.payonce.json;

import io.payonce.model.Operation;
import io.payonce.model.RequestFields;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Reads requests, and tells by a fingerprint which of them are the same. One for each event loop;
 * not thread-safe.
 */
public final class RequestReader {
  /** 16 bytes: chance makes two requests of one id look alike once in 2^64 tries. */
  private static final int FINGERPRINT_BYTES = 16;

  private final CanonicalJson form = new CanonicalJson();
  private final MessageDigest sha256;

  public RequestReader() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * A request and what distinguishes it from others.
   *
   * @param fingerprint without a key, so that it outlives keys: nothing that is secret goes into it
   */
  public record Read(RequestFields fields, String fingerprint) {}

  /** As {@link RequestScan#scan}. */
  public Read read(Operation operation, byte[] body) throws Malformed {
    form.start();
    RequestFields fields = RequestScan.scan(operation, body, form);
    sha256.reset();
    sha256.update(operation.kind().getBytes(StandardCharsets.US_ASCII));
    sha256.update((byte) 0);
    sha256.update(form.form(), 0, form.size());
    String fingerprint = Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(sha256.digest(), FINGERPRINT_BYTES));
    return new Read(fields, fingerprint);
  }
}
