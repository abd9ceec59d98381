package io.payonce.proof;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** The journal of outcomes, read from an instance as finance would. */
final class JournalLines {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private JournalLines() {}

  /** All of it, once it is complete up to this moment. */
  static List<JsonObject> of(Instance instance) throws Exception {
    Instant now = Instant.now();
    List<JsonObject> all = new ArrayList<>();
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> read(instance, all) && completeUntil(instance).isAfter(now));
    read(instance, all);
    return all;
  }

  /** False when not every part of Redis answered: what was read stays. */
  private static boolean read(Instance instance, List<JsonObject> all) throws Exception {
    while (true) {
      HttpResponse<String> page = page(instance, all);
      if (page.statusCode() != 200) {
        return false;
      }
      List<JsonObject> lines = page.body().lines().map(JsonObject::new).toList();
      all.addAll(lines);
      if (lines.isEmpty()) {
        return true;
      }
    }
  }

  private static Instant completeUntil(Instance instance) throws Exception {
    return page(instance, List.of())
        .headers()
        .firstValue("Payonce-Complete-Until")
        .map(Instant::parse)
        .orElse(Instant.MIN);
  }

  private static HttpResponse<String> page(Instance instance, List<JsonObject> all)
      throws IOException, InterruptedException {
    String since = all.isEmpty()
        ? ""
        : "&since="
            + URLEncoder.encode(
                all.get(all.size() - 1).getString("cursor"), StandardCharsets.UTF_8);
    URI uri = URI.create(instance.admin() + "/admin/outcomes?limit=1000" + since);
    return HTTP.send(
        HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build(),
        BodyHandlers.ofString());
  }
}
