package io.payonce.server;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;

/**
 * What is no API call: paths outside /v1/, and requests that two servers could read differently.
 */
final class Malformations {
  private Malformations() {}

  /** The HTTP status to refuse with, 0 for a request that is in order. */
  static int status(HttpServerRequest request) {
    String target = request.uri();
    if (target == null
        || !target.startsWith("/")
        || !namesOneHost(request)
        || request.headers().contains("")) {
      return 400;
    }
    if (!Targets.isApi(request.path())) {
      return 404;
    }
    return Targets.isPlain(request.path()) ? 0 : 400;
  }

  /** HTTP/2 has a place of its own for the name; a Host beside it must not say anything else. */
  private static boolean namesOneHost(HttpServerRequest request) {
    List<String> hosts = request.headers().getAll("Host");
    if (request.version() != HttpVersion.HTTP_2) {
      return hosts.size() == 1;
    }
    return request.authority() != null
        && hosts.stream().allMatch(request.authority().toString()::equals);
  }

  static String reason(int status) {
    return status == 404
        ? "nothing here: the platform's calls begin with /v1/"
        : "a request needs one Host, a path of plain segments, and a name for each header";
  }
}
