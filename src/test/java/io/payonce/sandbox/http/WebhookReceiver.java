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

/** Hears notifications, and answers each with what is next in line, else 200. */
final class WebhookReceiver implements AutoCloseable {

  /** One that came in. */
  record Heard(Headers headers, byte[] body) {
    String header(String name) {
      return headers.getFirst(name);
    }

    JsonNode json() {
      try {
        return Json.MAPPER.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String status() {
      return json().path("transactionStatus").asText();
    }

    boolean isSignedWith(String secret) {
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
  private volatile int test;

  WebhookReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::receive);
    server.start();
  }

  private void receive(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    boolean isForThisTest = exchange.getRequestURI().getPath().equals(path());
    if (isForThisTest) {
      heard.add(new Heard(exchange.getRequestHeaders(), body));
    }
    Integer answer = isForThisTest ? answers.poll() : null;
    exchange.sendResponseHeaders(answer == null ? 200 : answer, -1);
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

  List<Heard> heard() {
    return List.copyOf(heard);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path();
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
