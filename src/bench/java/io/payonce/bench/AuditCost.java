package io.payonce.bench;

import io.payonce.ledger.maintenance.Auditor;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.redis.RedisLane;
import io.payonce.redis.RedisSettings;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/**
 * What a walk of the audit costs over payments that have ended. Arguments: how many (1000000), and
 * how many keys Redis looks at in a step (200).
 */
public final class AuditCost {
  private static final int AT_ONCE = 10_000;
  private static final String MORE =
      "for i = ARGV[1], ARGV[2] do redis.call('SET', 'payonce:{s' .. i % 256 .. '}:ended:M' .. i % 5000"
          + " .. '/t3x7w1n' .. i, string.rep('x', 40)) end";

  private AuditCost() {}

  public static void main(String[] args) throws Exception {
    int ended = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    int step = args.length > 1 ? Integer.parseInt(args[1]) : 200;
    Vertx vertx = Vertx.vertx();
    try (Tools tools = new Tools();
        Store store = new Store(tools)) {
      RedisLane lane = LedgerCost.wait(vertx.timer(1)
          .map(now -> RedisLane.open(vertx, RedisSettings.standalone(store.uri())))
          .compose(opened -> Tools.connected(vertx, opened)));
      for (int from = 0; from < ended; from += AT_ONCE) {
        ask(lane, Command.EVAL, MORE, "0", "" + from, "" + (from + AT_ONCE - 1));
      }
      ask(lane, Command.CONFIG, "SET", "slowlog-log-slower-than", "500");
      ask(lane, Command.SLOWLOG, "RESET");
      Auditor auditor = new Auditor(lane, LedgerSettings.of(15_000, 86_400_000, 604_800_000));
      int node = LedgerCost.wait(auditor.nodes()).get(0);
      Usage before = store.usage();
      long since = System.nanoTime();
      long steps = 0;
      for (String next = "0"; next != null; steps++) {
        next = LedgerCost.wait(auditor.walk(node, next, step)).next();
      }
      double seconds = (System.nanoTime() - since) / 1e9;
      double cpu = store.usage().since(before).cpuMicros() / 1e6;
      System.out.printf(
          "%d ended: %d steps in %.1f s, Redis %.2f s of CPU, %.0f us a step; %s steps of more than 0.5 ms by"
              + " the clock; ten million: %.0f s, Redis %.0f s%n",
          ended, steps, seconds, cpu, cpu * 1e6 / steps, ask(lane, Command.SLOWLOG, "LEN"),
          seconds * 1e7 / ended, cpu * 1e7 / ended);
      LedgerCost.wait(lane.close());
    } finally {
      vertx.close();
    }
    System.exit(0);
  }

  private static String ask(RedisLane lane, Command command, String... words) throws Exception {
    Request request = Request.cmd(command);
    for (String word : words) {
      request.arg(word);
    }
    return String.valueOf(LedgerCost.wait(lane.send("any", request)));
  }
}
