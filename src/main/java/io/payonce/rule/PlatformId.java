package io.payonce.rule;

import io.payonce.model.PaymentId;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Under which id the platform knows a payment: the caller's own, and for each further attempt one
 * derived from it. Derived ids are a pure function, so any pod finds them again.
 */
public final class PlatformId {
  private static final int DIGEST_BYTES = 16;

  private PlatformId() {}

  /** The id of the payment's current attempt. */
  public static String of(PaymentId id, History history) {
    return of(id, history.attempt());
  }

  /** Where applications have ids of their own, the same id of two derives two others. */
  public static String of(PaymentId id, int attempt) {
    return id.appId() == null
        ? of(id.requestId(), attempt)
        : of(id.requestId(), id.appId() + "/" + id.requestId(), attempt);
  }

  /**
   * The id of an attempt, 32 characters at most: the shortest limit the platform documents
   * (PROTOCOL section 11, contradiction 1). Sending under one takes a {@link History} that holds
   * the attempt.
   */
  public static String of(String requestId, int attempt) {
    return of(requestId, requestId, attempt);
  }

  private static String of(String requestId, String unique, int attempt) {
    if (attempt == 1) {
      return requestId;
    }
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
