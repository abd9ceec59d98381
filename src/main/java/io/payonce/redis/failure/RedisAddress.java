package io.payonce.redis.failure;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** One address of Redis with what is needed to log in there; its text never shows the password. */
public record RedisAddress(
    String scheme,
    String host,
    int port,
    String user,
    String password,
    String database,
    Map<String, String> params) {

  private static final int DEFAULT_PORT = 6379;
  private static final Set<String> SCHEMES = Set.of("redis", "rediss", "valkey", "valkeys");

  public static RedisAddress parse(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      // Its message holds the whole URI, and so perhaps a password.
      throw new IllegalArgumentException("not a Redis URI: " + masked(text));
    }
    if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme()) || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "not a Redis URI (redis[s]://[user][:password]@host[:port][/database]): " + masked(text));
    }
    Map<String, String> params = params(uri.getRawQuery());
    String info = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
    int colon = info.indexOf(':');
    String user = colon < 0 ? info : info.substring(0, colon);
    String password = colon < 0 ? "" : info.substring(colon + 1);
    String path = uri.getPath() == null ? "" : uri.getPath();
    return new RedisAddress(
        uri.getScheme(),
        uri.getHost(),
        uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
        user.isEmpty() ? params.get("user") : decode(user),
        password.isEmpty() ? params.get("password") : decode(password),
        path.length() > 1 ? path.substring(1) : params.get("db"),
        params);
  }

  /**
   * Another node of the same cluster or the primary behind the same sentinels: same login, same
   * scheme.
   */
  public RedisAddress at(String otherHost, int otherPort) {
    String plain =
        otherHost.contains(":") && !otherHost.startsWith("[") ? "[" + otherHost + "]" : otherHost;
    return new RedisAddress(scheme, plain, otherPort, user, password, database, params);
  }

  /**
   * The same address with the sentinel's own login, where one is given; sentinels have no
   * databases.
   */
  public RedisAddress asSentinel() {
    String itsUser = params.getOrDefault("sentinelUser", user);
    String itsPassword = params.getOrDefault("sentinelPassword", password);
    return new RedisAddress(
        scheme, host, port, blankToNull(itsUser), blankToNull(itsPassword), null, Map.of());
  }

  public boolean tls() {
    return scheme.endsWith("s") && !scheme.equals("redis");
  }

  public String address() {
    return host + ":" + port;
  }

  public String param(String name, String otherwise) {
    return params.getOrDefault(name, otherwise);
  }

  /** For the client only: holds the password. */
  public String uri() {
    String login =
        password == null ? "" : (user == null ? "" : encode(user)) + ":" + encode(password) + "@";
    return scheme + "://" + login + address() + (database == null ? "" : "/" + database);
  }

  public static String masked(String uri) {
    return uri.replaceAll("://[^/?#]*@", "://****@").replaceAll("(?i)(password=)[^&#]*", "$1****");
  }

  @Override
  public String toString() {
    return scheme + "://" + address();
  }

  private static Map<String, String> params(String query) {
    Map<String, String> params = new HashMap<>();
    for (String pair : query == null ? new String[0] : query.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        params.put(pair.substring(0, equals), decode(pair.substring(equals + 1)));
      }
    }
    return Map.copyOf(params);
  }

  private static String blankToNull(String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static String decode(String text) {
    // A plus sign is a plus sign here: passwords are not form data.
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
