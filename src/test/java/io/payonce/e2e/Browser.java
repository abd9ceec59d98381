package io.payonce.e2e;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real Chromium without a window, steered over the WebDriver protocol. */
final class Browser implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process driver;
  private final Path profile;
  private final URI session;

  private Browser(Process driver, Path profile, int port) {
    this.driver = driver;
    this.profile = profile;
    URI root = URI.create("http://127.0.0.1:" + port + "/session");
    JsonObject value = (JsonObject) send(root, "POST", capabilities(profile));
    session = URI.create(root + "/" + value.getString("sessionId"));
  }

  /** Why there can be no browser here; empty when there can. */
  static Optional<String> missing() {
    return Stream.of("chromedriver", "chromium")
        .filter(tool -> onPath(tool).isEmpty())
        .findFirst()
        .map(tool -> "no " + tool + " on the PATH: the ops page is not tried in a browser");
  }

  static Browser open() {
    try {
      Path profile = Files.createTempDirectory("payonce-browser");
      Process driver = new ProcessBuilder(onPath("chromedriver").orElseThrow(), "--port=0")
          .redirectErrorStream(true)
          .start();
      return new Browser(driver, profile, port(driver));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int port(Process driver) throws IOException {
    BufferedReader said =
        new BufferedReader(new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8));
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      Matcher port = PORT.matcher(line);
      if (port.find()) {
        return Integer.parseInt(port.group(1));
      }
    }
    throw new IllegalStateException("chromedriver did not start");
  }

  private static JsonObject capabilities(Path profile) {
    JsonArray arguments = new JsonArray(List.of(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + profile));
    JsonObject wanted = new JsonObject()
        .put("browserName", "chrome")
        .put(
            "goog:chromeOptions",
            new JsonObject().put("binary", onPath("chromium").orElseThrow()).put("args", arguments))
        .put("goog:loggingPrefs", new JsonObject().put("browser", "ALL"));
    return new JsonObject().put("capabilities", new JsonObject().put("alwaysMatch", wanted));
  }

  void go(String url) {
    post("/url", new JsonObject().put("url", url));
  }

  void size(int width, int height) {
    cdp(
        "Emulation.setDeviceMetricsOverride",
        new JsonObject()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", false));
  }

  /** What the system prefers: {@code light} or {@code dark}. */
  void prefers(String scheme) {
    JsonObject feature = new JsonObject().put("name", "prefers-color-scheme").put("value", scheme);
    cdp(
        "Emulation.setEmulatedMedia",
        new JsonObject().put("features", new JsonArray().add(feature)));
  }

  /** The value of a JavaScript expression. */
  Object eval(String expression) {
    JsonObject script = new JsonObject().put("script", "return " + expression);
    return post("/execute/sync", script.put("args", new JsonArray()));
  }

  String text(String selector) {
    return String.valueOf(eval("document.querySelector('" + selector + "')?.innerText ?? ''"));
  }

  void click(String selector) {
    post("/element/" + element(selector) + "/click", new JsonObject());
  }

  void type(String selector, String text) {
    post("/element/" + element(selector) + "/value", new JsonObject().put("text", text));
  }

  /** Presses one key wherever the focus is. */
  void press(String key) {
    JsonArray strokes = new JsonArray()
        .add(new JsonObject().put("type", "keyDown").put("value", key))
        .add(new JsonObject().put("type", "keyUp").put("value", key));
    JsonObject keyboard =
        new JsonObject().put("type", "key").put("id", "keys").put("actions", strokes);
    post("/actions", new JsonObject().put("actions", new JsonArray().add(keyboard)));
  }

  /** What the page complained about since the last call. */
  List<String> complaints() {
    JsonArray entries = (JsonArray) post("/se/log", new JsonObject().put("type", "browser"));
    return entries.stream()
        .map(JsonObject.class::cast)
        .filter(entry -> !List.of("INFO", "DEBUG").contains(entry.getString("level")))
        .map(entry -> entry.getString("level") + " " + entry.getString("message"))
        .toList();
  }

  /** Keeps a picture of the whole page for operators to look at. */
  void picture(String name) throws IOException {
    JsonObject whole = new JsonObject().put("format", "png").put("captureBeyondViewport", true);
    JsonObject taken = (JsonObject) cdp("Page.captureScreenshot", whole);
    Path folder = Files.createDirectories(Path.of("target", "ops-page"));
    Files.write(folder.resolve(name + ".png"), Base64.getDecoder().decode(taken.getString("data")));
  }

  private String element(String selector) {
    JsonObject by = new JsonObject().put("using", "css selector").put("value", selector);
    return ((JsonObject) post("/element", by))
        .stream().findFirst().orElseThrow().getValue().toString();
  }

  private Object cdp(String command, JsonObject parameters) {
    return post(
        "/goog/cdp/execute", new JsonObject().put("cmd", command).put("params", parameters));
  }

  private Object post(String path, JsonObject body) {
    return send(URI.create(session + path), "POST", body);
  }

  private Object send(URI uri, String method, JsonObject body) {
    HttpRequest request = HttpRequest.newBuilder(uri)
        .timeout(Duration.ofSeconds(60))
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofString(body.encode()))
        .build();
    try {
      var response = http.send(request, BodyHandlers.ofString());
      Object value = new JsonObject(response.body()).getValue("value");
      if (response.statusCode() != 200) {
        throw new IllegalStateException(uri.getPath() + ": " + value);
      }
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Optional<String> onPath(String tool) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  @Override
  public void close() {
    try {
      send(session, "DELETE", new JsonObject());
      driver.destroy();
      driver.waitFor(10, TimeUnit.SECONDS);
      try (Stream<Path> files = Files.walk(profile)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      driver.destroyForcibly();
    }
  }
}
