package io.payonce.wiring;

import io.payonce.recovery.Stage;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands in for Redis and the platform during the warm-up: it pays everything and remembers
 * nothing.
 */
final class WarmUpStubs {
  static final String HOST = "127.0.0.1";

  static final String PAID = """
      {"code":"0","msg":"Success","traceId":"warm-up","data":{"transactionId":"warm-up",\
      "transactionStatus":"S","transactionResultCode":"000"}}""";

  private WarmUpStubs() {}

  /** Completes with its port. */
  static Future<Integer> platform(Vertx vertx) {
    return vertx
        .createHttpServer()
        .requestHandler(request -> request
            .body()
            .onSuccess(body ->
                request.response().putHeader("Content-Type", "application/json").end(PAID)))
        .listen(0, HOST)
        .map(HttpServer::actualPort);
  }

  /** Completes with its port. */
  static Future<Integer> redis(Vertx vertx) {
    AtomicLong moves = new AtomicLong();
    return vertx
        .createNetServer()
        .connectHandler(socket -> new Redis(socket, moves))
        .listen(0, HOST)
        .map(NetServer::actualPort);
  }

  /** One connection: each payment begins, and each is settled, and counted as a move. */
  private static final class Redis implements Handler<Buffer> {
    private static final String HELLO = "%1\r\n+server\r\n+redis\r\n";
    private static final String TIME = "*2\r\n+1700000000\r\n+0\r\n";
    private static final String BEGUN = "*4\r\n+BEGUN\r\n:1700000000000\r\n:1700000000000\r\n";
    private static final String SETTLED =
        "*5\r\n+SETTLED\r\n+SENDING\r\n:0\r\n+1 0 0 sale print order\r\n";

    private final NetSocket socket;
    private final AtomicLong moves;
    private final RecordParser parser = RecordParser.newDelimited("\r\n", this);
    private final List<String> words = new ArrayList<>();
    private int missing;
    private boolean inWord;

    Redis(NetSocket socket, AtomicLong moves) {
      this.socket = socket;
      this.moves = moves;
      socket.handler(parser);
    }

    /** A command is {@code *} and its words' number; a word {@code $}, its length, its bytes. */
    @Override
    public void handle(Buffer part) {
      if (inWord) {
        inWord = false;
        parser.delimitedMode("\r\n");
        words.add(part.getString(0, part.length() - 2));
        missing--;
        if (missing == 0) {
          socket.write(answer());
          words.clear();
        }
      } else {
        int number = Integer.parseInt(part.getString(1, part.length()));
        inWord = part.getByte(0) == '$';
        if (inWord) {
          parser.fixedSizeMode(number + 2);
        } else {
          missing = number;
        }
      }
    }

    /** Of the ledger's scripts only these two come, and {@code begin} says its stage. */
    private String answer() {
      return switch (words.get(0).toUpperCase(Locale.ROOT)) {
        case "HELLO" -> HELLO;
        case "TIME" -> TIME;
        case "PING" -> "+PONG\r\n";
        case "EVALSHA" ->
          (words.stream().anyMatch(WarmUpStubs::isBegun) ? BEGUN : SETTLED) + ":"
              + moves.incrementAndGet() + "\r\n";
        default -> "-ERR nothing but a warm-up\r\n";
      };
    }
  }

  /** Nothing else says that a payment is where every payment begins. */
  private static boolean isBegun(String word) {
    return word.contains(Stage.first().word());
  }
}
