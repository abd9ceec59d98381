package io.payonce.model;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Within what order numbers and request ids are unique. */
public enum Scope {
  MERCHANT("merchant"),
  /** Only for platforms that keep the request ids of a merchant's applications apart, too. */
  APP("app");

  /** In no merchant number (validation lets none pass), and URL encoding leaves none. */
  private static final char OF_APP = '~';

  private final String word;

  Scope(String word) {
    this.word = word;
  }

  /** As settings and the ledger spell it. */
  public static Scope of(String word) {
    return Arrays.stream(values())
        .filter(scope -> scope.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not a scope: " + word));
  }

  public String word() {
    return word;
  }

  /** @param appId what the caller named; may be null where that does not matter */
  public String owner(String merchantId, String appId) {
    return this == MERCHANT
        ? merchantId
        : merchantId + OF_APP + URLEncoder.encode(appId, StandardCharsets.UTF_8);
  }

  public String owner(RequestFields fields) {
    return owner(fields.merchantId(), fields.appId());
  }

  public PaymentId id(RequestFields fields, String requestId) {
    return new PaymentId(owner(fields), requestId);
  }

  static String merchantOf(String owner) {
    int app = owner.indexOf(OF_APP, 1);
    return app < 0 ? owner : owner.substring(0, app);
  }

  static String appOf(String owner) {
    int app = owner.indexOf(OF_APP, 1);
    return app < 0 ? null : URLDecoder.decode(owner.substring(app + 1), StandardCharsets.UTF_8);
  }
}
