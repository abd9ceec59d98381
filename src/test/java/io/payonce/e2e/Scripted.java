package io.payonce.e2e;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A platform on raw sockets that says to each payment what a test has written down for it. */
final class Scripted implements AutoCloseable {
  /** An answer that is late comes so much later, or before the next one on its connection. */
  private static final int LATE_MILLIS = 200;

  private final Vertx vertx = Vertx.vertx();
  private final Map<String, List<Line>> toSends = new ConcurrentHashMap<>();
  private final Map<String, Line> toQuestions = new ConcurrentHashMap<>();
  private final Map<String, List<String>> sends = new ConcurrentHashMap<>();
  private final Map<String, List<String>> questions = new ConcurrentHashMap<>();
  private final Map<String, List<String>> books = new ConcurrentHashMap<>();
  private final int port;

  Scripted() {
    NetServer server = TestPod.await(
        vertx.createNetServer().connectHandler(Connection::new).listen(0, "127.0.0.1"));
    port = server.actualPort();
  }

  /**
   * What a request meets.
   *
   * @param bytes the answer as it goes over the wire; empty: silence
   * @param later a whole answer that comes late; empty: none
   * @param charges whether the send is written into the books
   */
  record Line(String bytes, String later, boolean charges) {
    Line charging() {
      return new Line(bytes, later, true);
    }
  }

  static Line says(String json) {
    return says(200, json);
  }

  static Line says(int status, String json) {
    return new Line(whole(status, json), "", false);
  }

  static Line silence() {
    return new Line("", "", false);
  }

  /** An interim head at once, and the answer only later. */
  static Line interim(int status, String json) {
    return new Line("HTTP/1.1 " + status + " Meanwhile\r\n\r\n", whole(200, json), false);
  }

  private static String whole(int status, String json) {
    return "HTTP/1.1 " + status + " Said\r\nContent-Type: application/json\r\nContent-Length: "
        + json.length() + "\r\n\r\n" + json;
  }

  static String code(String code) {
    return "{\"code\":\"" + code + "\",\"msg\":\"m\",\"traceId\":\"t\"}";
  }

  static String status(String status, String id, String order) {
    return status(status, id, order, "\"orderAmount\":1999,\"priceCurrency\":\"USD\"");
  }

  static String status(String status, String id, String order, String amount) {
    return """
        {"code":"0","msg":"m","traceId":"t","data":{"transactionStatus":"%s","transactionId":"T-%s",\
        "transactionRequestId":"%s","referenceOrderId":"%s","amount":{%s}}}""".formatted(status, id, id, order, amount);
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /**
   * The answers to the sends of a payment one after the other; the last one stays.
   *
   * @param id a transactionRequestId, or the path of a call that has none
   */
  void sends(String id, Line... lines) {
    toSends.put(id, List.of(lines));
  }

  void sends(String id, String json) {
    sends(id, says(json));
  }

  /** From now on, whichever of its ids is asked about. */
  void questions(String id, Line line) {
    toQuestions.put(id, line);
  }

  void questions(String id, String json) {
    questions(id, says(json));
  }

  /** The X-Client-Request-Id of each send that came. */
  List<String> sends(String id) {
    return listed(sends, id);
  }

  int asked(String id) {
    return listed(questions, id).size();
  }

  /** The ids that were charged for an order. */
  List<String> charged(String order) {
    return listed(books, order);
  }

  private static List<String> listed(Map<String, List<String>> all, String key) {
    return all.computeIfAbsent(key, first -> new CopyOnWriteArrayList<>());
  }

  @Override
  public void close() {
    TestPod.await(vertx.close());
  }

  private Line send(String path, String requestId, JsonObject body) {
    String id = body.getString("transactionRequestId", path);
    List<String> before = listed(sends, id);
    List<Line> lines = toSends.getOrDefault(id, List.of(says(code("E02"))));
    Line line = lines.get(Math.min(before.size(), lines.size() - 1));
    if (line.charges()) {
      listed(books, body.getString("referenceOrderId")).add(id);
    }
    before.add(requestId);
    return line;
  }

  private Line question(Map<String, List<String>> asked) {
    String id =
        asked.getOrDefault("transactionId", asked.get("transactionRequestId")).get(0);
    Line line = toQuestions.getOrDefault(id, says(code("C12")));
    listed(questions, id).add(id);
    return line;
  }

  /** Reads heads and bodies by turns. */
  private final class Connection {
    private final NetSocket socket;
    private final RecordParser parser = RecordParser.newDelimited("\r\n\r\n");
    private String head;
    private String owed = "";

    Connection(NetSocket socket) {
      this.socket = socket;
      parser.handler(this::read);
      socket.handler(parser);
      socket.closeHandler(closed -> owed = "");
    }

    private void read(Buffer record) {
      if (head != null) {
        meet(new JsonObject(record));
        return;
      }
      head = record.toString();
      int length = Integer.parseInt("0" + header("content-length"));
      if (length == 0) {
        meet(new JsonObject());
      } else {
        parser.fixedSizeMode(length);
      }
    }

    private String header(String name) {
      return head.lines()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }

    private void meet(JsonObject body) {
      String[] request = head.split(" ", 3);
      QueryStringDecoder target = new QueryStringDecoder(request[1]);
      Line line = request[0].equals("GET")
          ? question(target.parameters())
          : send(target.path(), header("x-client-request-id"), body);
      payOwed();
      socket.write(line.bytes());
      owed = line.later();
      if (!owed.isEmpty()) {
        vertx.setTimer(LATE_MILLIS, late -> payOwed());
      }
      head = null;
      parser.delimitedMode("\r\n\r\n");
    }

    private void payOwed() {
      if (!owed.isEmpty()) {
        socket.write(owed);
        owed = "";
      }
    }
  }
}
