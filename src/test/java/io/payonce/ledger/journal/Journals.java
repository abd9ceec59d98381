package io.payonce.ledger.journal;

import io.payonce.ledger.LedgerWords;
import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.ledger.redis.ScriptRunner;
import io.payonce.outcome.OutcomeBatch;
import io.payonce.outcome.OutcomeCursor;
import io.payonce.outcome.OutcomeEntry;
import io.payonce.outcome.OutcomeJournal;
import io.payonce.redis.RedisLane;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Streams as the scripts write them, for those who read. */
public final class Journals {
  private Journals() {}

  public static OutcomeJournal journal(RedisLane lane) {
    return new RedisOutcomeJournal(
        new ScriptRunner(lane, LedgerWords.settings(15_000, 60_000, 60_000, true)));
  }

  /** What a settled sale of ten dollars leaves. */
  public static Map<String, String> sale(String merchant, String requestId) {
    return new TreeMap<>(Map.of(
        "v", "1",
        "k", "settled",
        "p", merchant + "/" + requestId,
        "is", "1 1764400000000 20000 sale print ORDER-" + requestId,
        "am", "1000 USD",
        "h", "1.1.1.",
        "out", "PAID",
        "t", "T" + requestId,
        "ap", "app-1",
        "why", "\theard\tcode=0\tstatus=S\tis=PAID\trule=status S"));
  }

  /** @param id as Redis spells it; * for its own */
  public static String add(RedisLane lane, int shard, String id, Map<String, String> fields) {
    String key = LedgerKeys.outcomes(shard);
    Request add = Request.cmd(Command.XADD).arg(lane.named(key)).arg(id);
    fields.forEach((name, value) -> add.arg(name).arg(value));
    return LedgerWords.await(lane.send(key, add)).toString();
  }

  /** All there is to read from there, in parts. */
  public static List<OutcomeEntry> walk(OutcomeJournal journal, OutcomeCursor from, int most) {
    List<OutcomeEntry> seen = new ArrayList<>();
    OutcomeBatch batch;
    OutcomeCursor next = from;
    do {
      batch = LedgerWords.await(journal.read(OutcomeCursor.parse(next.toString()), most));
      seen.addAll(batch.entries());
      next = batch.next();
    } while (!batch.entries().isEmpty());
    return seen;
  }
}
