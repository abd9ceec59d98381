package io.payonce.server;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * What is no API call: paths outside /v1/, and requests that two servers could read differently.
 */
final class Malformations {
  private Malformations() {}

  /** The HTTP status to refuse with, 0 for a request that is in order. */
  static int status(HttpServerRequest request) {
    String target = request.uri();
    if (target == null || !target.startsWith("/") || !namesOneHost(request)) {
      return 400;
    }
    if (!Targets.isApi(request.path())) {
      return 404;
    }
    return Targets.isPlain(request.path()) ? 0 : 400;
  }

  /** HTTP/2 has its own place for the name, and no room there for a second one. */
  private static boolean namesOneHost(HttpServerRequest request) {
    return request.version() == HttpVersion.HTTP_2
        ? request.authority() != null
        : request.headers().getAll("Host").size() == 1;
  }

  static String reason(int status) {
    return status == 404
        ? "nothing here: the platform's calls begin with /v1/"
        : "a request needs one Host, and a path of plain segments";
  }
}
