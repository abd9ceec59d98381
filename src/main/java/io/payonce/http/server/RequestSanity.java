package io.payonce.http.server;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.TooLongFrameException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Map;

/**
 * Refuses what is no API call: paths outside /v1/, and requests that two servers could read
 * differently.
 */
public final class RequestSanity {
  /** Vert.x' own for HTTP/1.x. */
  private static final int MOST_HEAD_BYTES = HttpServerOptions.DEFAULT_MAX_HEADER_SIZE;

  /**
   * What HTTP/2 reads of a head, so that one that is too long gets an answer: beyond it Netty
   * answers by itself, without a word.
   */
  public static final int READ_HEAD_BYTES = 2 * MOST_HEAD_BYTES;

  private RequestSanity() {}

  /** The HTTP status to refuse with, 0 for a request that is in order. */
  public static int status(HttpServerRequest request) {
    int head = ofHead(request);
    if (head != 0) {
      return head;
    }
    if (!ApiPaths.isApi(request.path())) {
      return 404;
    }
    return ApiPaths.isPlain(request.path()) ? 0 : 400;
  }

  /** The same wherever it wants to go; no tunnel leads anywhere, and 200 would promise one. */
  public static int ofHead(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2 && size(request.headers()) > MOST_HEAD_BYTES) {
      return 431;
    }
    String target = request.uri();
    if (target == null
        || !target.startsWith("/")
        || request.method() == HttpMethod.CONNECT
        || !namesOneHost(request)
        || request.headers().contains("")) {
      return 400;
    }
    return 0;
  }

  /** The same for what is no request at all. */
  public static int status(DecoderResult unread) {
    return unread.cause() instanceof TooLongFrameException
        ? 431
        : BodyReader.status(unread.cause());
  }

  /** As HTTP/2 counts it: of each field 32 bytes more than what is seen. */
  private static int size(MultiMap headers) {
    int size = 0;
    for (Map.Entry<String, String> header : headers) {
      size += header.getKey().length() + header.getValue().length() + 32;
    }
    return size;
  }

  public static String reason(DecoderResult unread) {
    return unread.cause() instanceof BodyReader.Unread known
        ? known.getMessage()
        : reason(status(unread));
  }

  /**
   * HTTP/2 has a place of its own for the name; a Host beside it must not say anything else.
   * HTTP/1.0 need not name one.
   */
  private static boolean namesOneHost(HttpServerRequest request) {
    List<String> hosts = request.headers().getAll("Host");
    if (request.version() != HttpVersion.HTTP_2) {
      return hosts.size() == 1 || hosts.isEmpty() && request.version() == HttpVersion.HTTP_1_0;
    }
    return request.authority() != null
        && hosts.stream().allMatch(request.authority().toString()::equals);
  }

  public static String reason(int status) {
    return switch (status) {
      case 404 -> "nothing here: the platform's calls begin with /v1/";
      case 431 -> "the request line or the headers are too long";
      default ->
        "a request needs one Host, a path of plain segments, and a name and a value for each header";
    };
  }
}
