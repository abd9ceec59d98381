package io.payonce.admin;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The ops page: four files in the jar, and what to do when a payment waits. They hold no data, so
 * they need no token; the page asks for it and shows it with each of its questions.
 */
public final class OpsPage {
  public static final String RUNBOOK = "/runbook";

  private static final String HTML = "text/html;charset=UTF-8";
  private static final String PARAGRAPHS = "<!-- paragraphs -->";
  private static final String TOKEN_MARK = "data-token=\"none\"";

  private final Map<String, AdminResponse> files;

  OpsPage(boolean asksForToken) {
    String page = text("ops.html");
    String html = asksForToken ? page.replace(TOKEN_MARK, "data-token=\"wanted\"") : page;
    files = Map.of(
        "/",
        AdminResponse.text(HTML, html),
        RUNBOOK,
        AdminResponse.text(HTML, runbook(text("runbook.html"))),
        "/ops.css",
        AdminResponse.text("text/css;charset=UTF-8", text("ops.css")),
        "/theme.js",
        AdminResponse.text("text/javascript;charset=UTF-8", text("theme.js")),
        "/ops.js",
        AdminResponse.text("text/javascript;charset=UTF-8", text("ops.js")),
        "/ops.svg",
        AdminResponse.text("image/svg+xml", text("ops.svg")));
  }

  /** Null when there is no such file. */
  AdminResponse file(String path) {
    return files.get(path);
  }

  private static String runbook(String page) {
    StringBuilder paragraphs = new StringBuilder();
    for (Runbook step : Runbook.values()) {
      paragraphs
          .append("<article class=\"card\" id=\"" + step.anchor() + "\"><h2>")
          .append(markup(step.title()))
          .append("</h2><p>")
          .append(markup(step.paragraph()))
          .append("</p></article>\n");
    }
    return page.replace(PARAGRAPHS, paragraphs);
  }

  /** Names of keys and paths stand between back quotes. */
  private static String markup(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replaceAll("`([^`]+)`", "<code>$1</code>");
  }

  private static String text(String name) {
    try (InputStream in = OpsPage.class.getResourceAsStream(name)) {
      return Buffer.buffer(in.readAllBytes()).toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
