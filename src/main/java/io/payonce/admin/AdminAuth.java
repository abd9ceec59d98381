package io.payonce.admin;

import io.payonce.settings.AdminToken;
import io.payonce.settings.Settings;
import io.payonce.settings.source.Secret;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decides who may use the admin port. With a token: whoever shows it. Without one the port is bound
 * to loopback, and what is kept out are web pages that make a browser on this machine call it: by a
 * name of theirs that leads here (Host), or by a form (Origin, Content-Type).
 */
final class AdminAuth {
  private static final String BEARER = "Bearer ";
  private static final String LOOPBACK_V4 = "127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}";

  /** Of a token without a name. */
  private static final String UNNAMED = "the holder of admin.token";

  private final Supplier<Settings.Admin> admin;
  private final String ownName;

  /**
   * @param admin its tokens may become others at any time
   * @param ownName the host that the port is bound to
   */
  AdminAuth(Supplier<Settings.Admin> admin, String ownName) {
    this.admin = admin;
    this.ownName = ownName.toLowerCase(Locale.ROOT);
  }

  boolean asksForToken() {
    return !admin.get().token().isEmpty();
  }

  /** Who asks; empty when he shows a token, and it is none of ours. */
  Optional<Operator> visitor(HttpServerRequest request) {
    if (!asksForToken()) {
      return Optional.of(Operator.LOCAL);
    }
    String shown = shown(request.getHeader("Authorization"));
    if (shown == null) {
      return Optional.of(Operator.STRANGER);
    }
    return named(admin.get().token(), shown, true)
        .or(() -> named(admin.get().readToken(), shown, false));
  }

  /**
   * Why this request is turned away; empty when it is let in.
   *
   * @param isPublic it shows nothing that is not public in the program itself
   */
  Optional<AdminResponse> refusal(
      HttpServerRequest request, Optional<Operator> visitor, boolean isPublic) {
    if (!asksForToken() && !isOurName(request.headers().getAll("Host"))) {
      return refusal(403, "this Host is not served here without admin.token");
    }
    if (!isPublic && visitor.filter(who -> who != Operator.STRANGER).isEmpty()) {
      return Optional.of(AdminResponse.error(401, "admin.token is missing or wrong")
          .with("WWW-Authenticate", "Bearer realm=\"payonce\""));
    }
    if (!request.method().name().equals("POST")) {
      return Optional.empty();
    }
    return visitor.filter(Operator::decides).isEmpty()
        ? refusal(403, "admin.readToken only looks; this wants admin.token")
        : foreignPost(request);
  }

  private Optional<AdminResponse> foreignPost(HttpServerRequest request) {
    String origin = request.getHeader("Origin");
    String host = request.getHeader("Host");
    boolean own =
        origin == null || origin.equals("http://" + host) || origin.equals("https://" + host);
    if (!own || "cross-site".equals(request.getHeader("Sec-Fetch-Site"))) {
      return refusal(403, "another web site may not ask for this");
    }
    String type = request.getHeader("Content-Type");
    boolean json = type != null
        && type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
    return json ? Optional.empty() : refusal(415, "Content-Type must be application/json");
  }

  private static String shown(String authorization) {
    return authorization == null
            || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? null
        : authorization.substring(BEARER.length()).strip();
  }

  /** All are compared, so that the time it takes tells nothing. */
  private static Optional<Operator> named(List<AdminToken> tokens, String shown, boolean decides) {
    Optional<Operator> found = Optional.empty();
    for (AdminToken token : tokens) {
      if (same(token.token(), shown) | same(token.whole(), shown)) {
        found = Optional.of(new Operator(token.name().orElse(UNNAMED), decides));
      }
    }
    return found;
  }

  private static boolean same(Secret token, String shown) {
    return MessageDigest.isEqual(bytes(token.value()), bytes(shown));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private boolean isOurName(List<String> hosts) {
    if (hosts.size() != 1) {
      return false;
    }
    String name = hosts.get(0).toLowerCase(Locale.ROOT).replaceFirst(":\\d{1,5}$", "");
    return name.equals("localhost")
        || name.equals("[::1]")
        || name.equals(ownName)
        || name.matches(LOOPBACK_V4);
  }

  private static Optional<AdminResponse> refusal(int status, String why) {
    return Optional.of(AdminResponse.error(status, why));
  }
}
