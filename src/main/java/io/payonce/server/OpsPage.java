package io.payonce.server;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The ops page: four files in the jar, served as they are. They hold no data, so they need no
 * token; the page asks for it and shows it with each of its questions.
 */
final class OpsPage {
  private static final String TOKEN_MARK = "data-token=\"none\"";

  private final Map<String, OpsAnswer> files;

  OpsPage(boolean asksForToken) {
    String page = text("ops.html");
    String html = asksForToken ? page.replace(TOKEN_MARK, "data-token=\"wanted\"") : page;
    files = Map.of(
        "/", OpsAnswer.text("text/html;charset=UTF-8", html),
        "/ops.css", OpsAnswer.text("text/css;charset=UTF-8", text("ops.css")),
        "/ops.js", OpsAnswer.text("text/javascript;charset=UTF-8", text("ops.js")),
        "/ops.svg", OpsAnswer.text("image/svg+xml", text("ops.svg")));
  }

  /** Null when there is no such file. */
  OpsAnswer file(String path) {
    return files.get(path);
  }

  private static String text(String name) {
    try (InputStream in = OpsPage.class.getResourceAsStream(name)) {
      return Buffer.buffer(in.readAllBytes()).toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
