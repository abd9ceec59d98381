package io.payonce.ledger.maintenance;

import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.ledger.redis.LedgerScript;
import io.payonce.ledger.redis.ScriptRunner;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.model.PaymentId;
import io.payonce.model.Shards;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Looks whether our keys open what a ledger holds that does not say which key seals it: programs of
 * the first version have left it so. Some unsettled payments are enough: they were all sealed with
 * one key, and it is they that must not be taken for broken.
 */
record SealSample(ScriptRunner moves, Sealer sealer) {
  /** Of each shard: one may be torn. */
  private static final int EACH = 3;

  /** More would hold up the start, and show nothing new. */
  private static final int MOST = 200;

  private static final Pattern RECORD =
      Pattern.compile("[^{]+:\\{s\\d+}:(?:payment|ended):([^/]+/.*)", Pattern.DOTALL);

  /** What a walk looks at where nothing is unsettled: half finds less, double is a long start. */
  private static final int WALKED = 2000;

  /** Of these, at a time: at double, one step holds Redis up for a third of a millisecond. */
  private static final int STEP = 100;

  /**
   * Which of our keys open what is there; none where nothing is. Fails with
   * {@link KeyAgreement.Unopened} when there are some unsettled payments, and none opens.
   */
  Future<Set<String>> test() {
    List<Future<List<PaymentId>>> lists =
        IntStream.range(0, Shards.COUNT).mapToObj(this::unsettled).toList();
    return Future.all(lists)
        .compose(all -> {
          List<PaymentId> ids = new ArrayList<>();
          lists.forEach(list -> ids.addAll(list.result()));
          return opening(ids);
        })
        .compose(found -> found.isEmpty() ? ended() : Future.succeededFuture(found))
        .compose(found -> found.contains(SealRegister.UNKNOWN) && found.size() == 1
            ? Future.failedFuture(new KeyAgreement.Unopened(
                "the ledger holds payments that neither ledger.encryptionKey nor any of"
                    + " ledger.formerKeys opens"))
            : Future.succeededFuture(found));
  }

  /** In a quiet hour nothing is unsettled; what has ended was sealed with the same key. */
  private Future<Set<String>> ended() {
    return new Auditor(moves)
        .nodes()
        .compose(nodes -> {
          List<Future<List<PaymentId>>> walks = nodes.stream().map(this::walk).toList();
          return Future.join(walks)
              .otherwiseEmpty()
              .compose(done -> opening(walks.stream()
                  .filter(Future::succeeded)
                  .flatMap(walk -> walk.result().stream())
                  .toList()));
        })
        .map(found -> {
          // No caller waits for what has ended: that it is torn, or of a key that is lost, stops no
          // pod.
          found.remove(SealRegister.UNKNOWN);
          return found;
        });
  }

  private Future<List<PaymentId>> walk(int shard) {
    return walk(shard, "0", WALKED / STEP, new ArrayList<>());
  }

  private Future<List<PaymentId>> walk(int shard, String from, int steps, List<PaymentId> found) {
    Request scan = Request.cmd(Command.SCAN).arg(from).arg("MATCH").arg(moves.named("payonce:*"));
    return moves.send(LedgerKeys.due(shard), scan.arg("COUNT").arg(STEP)).compose(response -> {
      response.get(1).stream()
          .map(key -> RECORD.matcher(key.toString()))
          .filter(Matcher::matches)
          .map(record -> PaymentId.parse(record.group(1)))
          .forEach(found::add);
      String next = response.get(0).toString();
      return steps == 1 || next.equals("0") || found.size() >= MOST
          ? Future.succeededFuture(found)
          : walk(shard, next, steps - 1, found);
    });
  }

  private Future<List<PaymentId>> unsettled(int shard) {
    return moves
        .make(LedgerScript.PAGE, List.of(LedgerKeys.due(shard)), List.of(0, "", EACH))
        .map(reply -> {
          Response members = reply.rest().get(1);
          return IntStream.range(0, members.size() / 2)
              .mapToObj(i -> members.get(2 * i).toString())
              .filter(member -> member.indexOf('/') >= 0)
              .map(PaymentId::parse)
              .toList();
        });
  }

  private Future<Set<String>> opening(List<PaymentId> ids) {
    List<Future<SealedRecords>> looks =
        ids.stream().limit(MOST).map(id -> SealedRecords.of(moves, id)).toList();
    return Future.join(looks).otherwiseEmpty().map(done -> {
      Set<String> names = new TreeSet<>();
      looks.stream()
          .filter(Future::succeeded)
          .forEach(look -> names.addAll(look.result().keys(sealer)));
      return names;
    });
  }
}
