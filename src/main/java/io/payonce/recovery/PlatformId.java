package io.payonce.recovery;

import io.payonce.model.PaymentId;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Computes the id under which the platform knows a payment: the caller's own, and a reissued one
 * for each further generation. Reissued ids are a pure function, so any pod finds them again.
 */
public final class PlatformId {
  private static final int DIGEST_BYTES = 16;

  private PlatformId() {}

  /** The id of the payment's current attempt. */
  public static String of(PaymentId id, History history) {
    return of(id, history.generation());
  }

  /**
   * The id of an attempt, 32 characters at most: the shortest limit the platform documents. Where
   * applications have ids of their own, the same id of two derives two others; so it takes the
   * whole name, never the request's id alone. Sending under one takes a {@link History} that holds
   * the attempt.
   */
  public static String of(PaymentId id, int attempt) {
    String requestId = id.requestId();
    if (attempt == 1) {
      return requestId;
    }
    String unique = id.appId() == null ? requestId : id.appId() + "/" + requestId;
    byte[] digest = sha256().digest((attempt + "/" + unique).getBytes(StandardCharsets.UTF_8));
    return "p" + attempt + "-"
        + new BigInteger(1, Arrays.copyOf(digest, DIGEST_BYTES)).toString(36);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
