package io.payonce.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.payonce.sandbox.request.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntSupplier;

/**
 * A hook that takes notifications: it answers each with what is next in line, else with its
 * default, usually 200.
 */
public final class WebhookReceiver implements AutoCloseable {

  /**
   * One that came in.
   *
   * @param answered the HTTP status; 0: the connection was closed without one
   */
  public record Heard(Headers headers, byte[] body, int answered) {
    public String header(String name) {
      return headers.getFirst(name);
    }

    public JsonNode json() {
      try {
        return Json.MAPPER.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    public String status() {
      return json().path("transactionStatus").asText();
    }

    public String requestId() {
      return json().path("transactionRequestId").asText();
    }

    public boolean isSignedWith(String secret) {
      byte[] expected =
          WebhookSignature.of(body, secret, "hex").getBytes(StandardCharsets.US_ASCII);
      String given = header("X-Signature");
      return given != null
          && MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Integer> answers = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile IntSupplier usual = () -> 200;
  private volatile int test;

  public WebhookReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::receive);
    server.start();
  }

  private void receive(HttpExchange exchange) throws IOException {
    // It ends each connection anyhow, and a client that does not know may use one again too late.
    exchange.getResponseHeaders().set("Connection", "close");
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (!exchange.getRequestURI().getPath().equals(path())) {
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
      return;
    }
    Integer next = answers.poll();
    int answer = next == null ? usual.getAsInt() : next;
    heard.add(new Heard(exchange.getRequestHeaders(), body, answer));
    if (answer != 0) {
      exchange.sendResponseHeaders(answer, -1);
    }
    exchange.close();
  }

  /** What is still under way from the test before goes to that one's path, and is not recorded. */
  void reset() {
    test++;
    heard.clear();
    answers.clear();
  }

  void answer(Integer... statuses) {
    answers.addAll(List.of(statuses));
  }

  /** From now on; 0 closes the connection without an answer. May take its time. */
  public void usually(IntSupplier answer) {
    usual = answer;
  }

  public List<Heard> heard() {
    return List.copyOf(heard);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port() + path();
  }

  private String path() {
    return "/hook-" + test;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
