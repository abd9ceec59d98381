package io.payonce.ledger.redis;

import io.payonce.ledger.LedgerWords;
import io.payonce.ledger.NoticeLine;
import io.payonce.ledger.OutcomeLine;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.model.Abilities;
import io.payonce.model.PaymentId;
import io.payonce.redis.RedisLane;
import io.payonce.redis.RedisSettings;
import io.payonce.sandbox.EmbeddedRedis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** A Redis of this test class and a lane to it. */
public final class TestRedis implements AutoCloseable {
  public static final byte[] KEY = new byte[Sealer.KEY_BYTES];

  public final Vertx vertx = Vertx.vertx();
  public final EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedis.Options.defaults());
  public final RedisLane lane = RedisLane.open(vertx, RedisSettings.standalone(redis.uri()));

  public TestRedis() {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofMinutes(1))
        .until(lane::connected);
  }

  public RedisLedger ledger(LedgerSettings settings) {
    return ledger(settings, Abilities.ALL);
  }

  public RedisLedger ledger(LedgerSettings settings, Abilities abilities) {
    return new RedisLedger(lane, new Sealer(KEY), settings, LocalClock.of(vertx), abilities);
  }

  public Response run(Command command, String... args) {
    Request request = Request.cmd(command);
    for (String arg : args) {
      request.arg(arg);
    }
    Future<Response> answer = lane.send("any", request);
    return LedgerWords.await(answer);
  }

  /** What the journal of outcomes has of a payment, in its order. */
  public List<OutcomeLine> journal(PaymentId id) {
    return run(Command.XRANGE, LedgerKeys.of(id).outcomes(), "-", "+").stream()
        .map(entry -> entry.get(1))
        .map(TestRedis::fields)
        .filter(of -> of.get("p").equals(id.toString()))
        .map(of -> {
          Optional<FixedFields> is = FixedFields.read(of.get("is"));
          return new OutcomeLine(
              of.get("k"),
              PaymentId.parse(of.get("p")),
              is.map(FixedFields::operation).orElse(null),
              is.map(FixedFields::order).orElse(""),
              of.get("am"),
              of.get("oa"),
              of.get("out"),
              of.get("told"),
              of.get("h"),
              of.get("t"),
              of.get("i"),
              of.get("pf"),
              of.get("ap"),
              of.get("why"));
        })
        .toList();
  }

  private static Map<String, String> fields(Response entry) {
    Map<String, String> fields = new HashMap<>();
    for (int i = 0; i < entry.size(); i += 2) {
      fields.put(entry.get(i).toString(), entry.get(i + 1).toString());
    }
    return fields;
  }

  /** What the caller of a payment is to be notified of, if it is due. */
  public List<NoticeLine> notices(PaymentId id) {
    LedgerKeys keys = LedgerKeys.of(id);
    Response all = run(Command.HGETALL, keys.notice());
    boolean listed = run(Command.ZSCORE, keys.outbox(), id.toString()) != null;
    if (!listed || !all.containsKey("n")) {
      return List.of();
    }
    Sealer sealer = new Sealer(KEY);
    String url = new String(
        sealer.open(id, RecordReader.SEALED_URL, all.get("url").toBytes()), StandardCharsets.UTF_8);
    return IntStream.rangeClosed(1, all.get("n").toInteger())
        .mapToObj(number -> {
          byte[] answered = all.get("" + number).toBytes();
          String[] words = new String(answered, StandardCharsets.ISO_8859_1).split(" ", 4);
          byte[] sealed = words[3].getBytes(StandardCharsets.ISO_8859_1);
          String answer = sealed.length == 0
              ? null
              : new String(sealer.openReply(id, sealed).body(), StandardCharsets.UTF_8);
          return new NoticeLine(number, words[0], words[1], answer, url);
        })
        .toList();
  }

  @Override
  public void close() {
    LedgerWords.await(lane.close());
    LedgerWords.await(vertx.close());
    redis.close();
  }
}
