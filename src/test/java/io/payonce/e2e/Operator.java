package io.payonce.e2e;

import io.payonce.e2e.Caller.Got;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** An operator at the admin port. */
record Operator(String base, String token) {
  Operator with(String shown) {
    return new Operator(base, shown);
  }

  Got get(String path, String... headers) {
    return send(request(path, headers).GET().build());
  }

  Got post(String path, String body, String... headers) {
    return send(request(path, headers)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build());
  }

  Got send(HttpRequest request) {
    return new Caller(base, null).send(request).join();
  }

  JsonObject payment(String id) {
    return get("/admin/payments/" + Caller.MERCHANT + "/" + id).json();
  }

  String state(String id) {
    return payment(id).getString("state");
  }

  Got resolve(String id, JsonObject decision) {
    return post("/admin/payments/" + Caller.MERCHANT + "/" + id + "/resolve", decision.encode());
  }

  HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofMinutes(2));
    if (token != null) {
      builder.header("Authorization", "Bearer " + token);
    }
    return headers.length == 0 ? builder : builder.headers(headers);
  }

  /** What a client that Java's own does not let us be gets: the whole answer as text. */
  String raw(String request) {
    URI uri = URI.create(base);
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
