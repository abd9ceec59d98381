package io.payonce.server;

import io.payonce.settings.Secret;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who may use the admin port. With a token: whoever shows it. Without one the port is bound to
 * loopback, and what is kept out are web pages that make a browser on this machine call it: by a
 * name of theirs that leads here (Host), or by a form (Origin, Content-Type).
 */
final class OpsDoor {
  private static final String BEARER = "Bearer ";
  private static final String LOOPBACK_V4 = "127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}";

  private final Supplier<Optional<Secret>> token;
  private final String ownName;

  /**
   * A door.
   *
   * @param token empty for none; may become another while the door is in use
   * @param ownName the host that the port is bound to
   */
  OpsDoor(Supplier<Optional<Secret>> token, String ownName) {
    this.token = token;
    this.ownName = ownName.toLowerCase(Locale.ROOT);
  }

  boolean asksForToken() {
    return token.get().isPresent();
  }

  /**
   * Why this request is turned away; empty when it is let in.
   *
   * @param isPublic it tells nothing that is not in every copy of the program
   */
  Optional<OpsAnswer> refusal(HttpServerRequest request, boolean isPublic) {
    Optional<Secret> wanted = token.get();
    if (wanted.isEmpty() && !isOurName(request.headers().getAll("Host"))) {
      return refusal(403, "this Host is not served here without admin.token");
    }
    if (wanted.isPresent()
        && !isPublic
        && !shows(wanted.get(), request.getHeader("Authorization"))) {
      return Optional.of(OpsAnswer.error(401, "admin.token is missing or wrong")
          .with("WWW-Authenticate", "Bearer realm=\"payonce\""));
    }
    return request.method().name().equals("POST") ? foreignPost(request) : Optional.empty();
  }

  private Optional<OpsAnswer> foreignPost(HttpServerRequest request) {
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

  private static boolean shows(Secret token, String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return false;
    }
    return MessageDigest.isEqual(
        bytes(token.value()), bytes(authorization.substring(BEARER.length()).strip()));
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

  private static Optional<OpsAnswer> refusal(int status, String why) {
    return Optional.of(OpsAnswer.error(status, why));
  }
}
