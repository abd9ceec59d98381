package io.payonce.ledger.maintenance;

import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.OrderStanding;
import io.payonce.ledger.maintenance.Audit.Repair;
import io.payonce.ledger.redis.ArchiveName;
import io.payonce.ledger.redis.FixedFields;
import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.ledger.redis.LedgerScript;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.ledger.redis.ScriptArgs;
import io.payonce.ledger.redis.ScriptRunner;
import io.payonce.ledger.sealing.EncryptionKeyRing;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.model.Abilities;
import io.payonce.model.PaymentId;
import io.payonce.redis.RedisLane;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves that each unsettled payment has a due time and its order, and that nothing else holds an
 * order; repairs what differs. Guarantee: a repair is done only if all is still as it was seen.
 *
 * <p>Example: an operator deletes a member of a due set by hand. No pod would ever look at that
 * payment again. The walk reads the record itself, not a list of records, finds IN_DOUBT without a
 * due time, and {@code repair.lua} makes it due now. Had the payment ended in between, the script
 * would return MOVED.
 */
public final class Auditor {
  private static final Logger LOG = LoggerFactory.getLogger(Auditor.class);
  private static final Pattern KEY =
      Pattern.compile("[^{]+:\\{s\\d+}:(payment|ended|order|notice):([^/]+)/(.*)", Pattern.DOTALL);

  /** Lets through what begins as {@code payment:} and {@code order:} do: of ended ones, nothing. */
  private static final String UNSETTLED = "payonce:{s*}:[po]*";

  private static final String ALL = "payonce:*";
  private static final String HELD = "held:";

  private final ScriptRunner moves;
  private final LedgerSettings settings;
  private final EncryptionKeyRing keys;
  private final Sealer sealer;

  public Auditor(RedisLane lane, LedgerSettings settings) {
    this(lane, settings, null);
  }

  /** @param keys whose records are counted while there are several; null: not wanted */
  public Auditor(RedisLane lane, LedgerSettings settings, EncryptionKeyRing keys) {
    this.moves = new ScriptRunner(lane, settings);
    this.settings = settings;
    this.keys = keys;
    this.sealer = keys == null ? null : new Sealer(keys);
  }

  /** To find the nodes only. */
  Auditor(ScriptRunner moves) {
    this.moves = moves;
    this.settings = null;
    this.keys = null;
    this.sealer = null;
  }

  /**
   * A part of the walk through all keys of one node.
   *
   * @param next where to go on; null at the end
   * @param keys how many were looked at; the others say nothing
   * @param sealed how many records need which key
   */
  public record Slice(String next, int keys, List<Repair> repairs, Map<String, Integer> sealed) {}

  /** Whether a walk counts which records need which key. */
  public boolean counts() {
    return keys != null && keys.areSeveral();
  }

  /** The ledger's clock, ms since 1970. */
  public Future<Long> now(int shard) {
    return moves.timeAt(LedgerKeys.due(shard));
  }

  /**
   * Writes down what a whole walk has counted.
   *
   * @param nodes one shard of each node, {@code shard} among them
   * @param begunAtMillis when the walk began, by the ledger's clock
   */
  public Future<Void> tally(
      int shard, List<Integer> nodes, long begunAtMillis, Map<String, Integer> sealed) {
    String all = nodes.stream().map(String::valueOf).collect(Collectors.joining(" ", " ", " "));
    String counts = sealed.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining(" "));
    return moves
        .make(
            LedgerScript.TALLY,
            List.of(LedgerKeys.seals()),
            List.of(String.valueOf(shard), all, begunAtMillis, counts, settings.keepMillis()))
        .mapEmpty();
  }

  /**
   * One shard for each node of Redis: whoever asks through these reaches every key once. Fails
   * while the nodes are unknown.
   */
  public Future<List<Integer>> nodes() {
    List<Integer> nodes = moves.parts().stream()
        .flatMapToInt(part -> ServerSurvey.first(part).stream())
        .boxed()
        .toList();
    return nodes.isEmpty()
        ? Future.failedFuture(new LedgerUnavailable("no server of Redis is known", false))
        : Future.succeededFuture(nodes);
  }

  /** True for one pod at a time: the others need not walk the same node. */
  public Future<Boolean> lease(int shard, long millis) {
    Request set =
        Request.cmd(Command.SET).arg(moves.named(LedgerKeys.audit(shard))).arg("walked");
    return moves
        .send(LedgerKeys.audit(shard), set.arg("NX").arg("PX").arg(millis))
        .map(answer -> answer != null);
  }

  /** Holds the others off while a long walk goes on. */
  public Future<Void> renew(int shard, long millis) {
    Request expire =
        Request.cmd(Command.PEXPIRE).arg(moves.named(LedgerKeys.audit(shard))).arg(millis);
    return moves.send(LedgerKeys.audit(shard), expire).mapEmpty();
  }

  /** Looks at the next keys of the node that serves this shard; begins at {@code "0"}. */
  public Future<Slice> walk(int shard, String from, int count) {
    return walk(shard, from, count, counts());
  }

  /** @param counting which records need which key */
  public Future<Slice> walk(int shard, String from, int count, boolean counting) {
    String keys = moves.named(counting ? ALL : UNSETTLED);
    Request scan = Request.cmd(Command.SCAN).arg(from).arg("MATCH").arg(keys);
    return moves
        .send(LedgerKeys.due(shard), scan.arg("COUNT").arg(count))
        .compose(response -> look(response.get(0).toString(), response.get(1), counting));
  }

  private Future<Slice> look(String next, Response keys, boolean counting) {
    List<Future<Set<Repair>>> looks = new ArrayList<>();
    Map<String, Integer> sealed = new HashMap<>();
    for (Response key : keys) {
      Matcher name = KEY.matcher(key.toString());
      if (name.matches()) {
        PaymentId id = new PaymentId(name.group(2), name.group(3));
        looks.add(
            switch (name.group(1)) {
              case "payment" -> payment(id, counting ? sealed : null);
              case "ended" -> counting ? payment(id, sealed) : nothing();
              case "notice" -> counting ? notice(id, sealed) : nothing();
              default -> order(name.group(), name.group(2), name.group(3));
            });
      }
    }
    return Future.all(looks).map(done -> {
      List<Repair> repairs =
          looks.stream().flatMap(look -> look.result().stream()).toList();
      return new Slice(next.equals("0") ? null : next, looks.size(), repairs, sealed);
    });
  }

  /** Nearly all records have ended; those cost no more than this. */
  private Future<Set<Repair>> payment(PaymentId id, Map<String, Integer> sealed) {
    Future<SealedRecords> record = sealed != null ? SealedRecords.of(moves, id) : unsealed(id);
    return record
        .compose(had -> {
          if (sealed != null) {
            had.keys(sealer).forEach(name -> sealed.merge(name, 1, Integer::sum));
          }
          String stage = String.valueOf(had.stage());
          return stage.equals("SETTLED") || stage.equals("RELEASED")
              ? nothing()
              : prove(id, orderName(had.terms()));
        })
        .recover(odd -> odd instanceof LedgerUnavailable unavailable && unavailable.mayHaveRun()
            ? prove(id, "")
            : Future.failedFuture(odd));
  }

  private Future<Set<Repair>> notice(PaymentId id, Map<String, Integer> sealed) {
    return SealedRecords.ofNotice(moves, id, sealer).map(names -> {
      names.forEach(name -> sealed.merge(name, 1, Integer::sum));
      return Set.of();
    });
  }

  /** What is sealed of it is not looked at. */
  private Future<SealedRecords> unsealed(PaymentId id) {
    String key = LedgerKeys.of(id).payment();
    return moves
        .send(key, Request.cmd(Command.HMGET).arg(moves.named(key)).arg("st").arg("is"))
        .map(had ->
            new SealedRecords(id, SealedRecords.text(had.get(0)), SealedRecords.text(had.get(1))));
  }

  private static String orderName(String terms) {
    return FixedFields.read(terms).map(FixedFields::order).orElse("");
  }

  private Future<Set<Repair>> order(String key, String owner, String name) {
    return moves
        .get(key)
        .compose(mark -> mark == null || !mark.startsWith(HELD)
            ? nothing()
            : prove(new PaymentId(owner, OrderStanding.read(mark).holder()), name));
  }

  private Future<Set<Repair>> prove(PaymentId id, String orderName) {
    LedgerKeys keys = LedgerKeys.of(id);
    return moves
        .make(
            LedgerScript.AUDIT,
            List.of(
                keys.payment(),
                keys.ended(),
                keys.due(),
                keys.attention(),
                keys.order(orderName),
                keys.tomb(),
                keys.back(orderName),
                keys.archive()),
            List.of(
                id.toString(),
                id.requestId(),
                ArchiveName.order(id, orderName, settings.home()),
                ArchiveName.of(id)))
        .compose(reply -> {
          AuditReply facts = new AuditReply(id, orderName, reply.rest());
          Set<Repair> repairs = Audit.of(facts.seen());
          return repairs.isEmpty() ? nothing() : repair(facts, repairs);
        });
  }

  private Future<Set<Repair>> repair(AuditReply facts, Set<Repair> repairs) {
    LedgerKeys keys = LedgerKeys.of(facts.id());
    String mark = facts.mark(repairs, settings);
    List<Object> args = new ArrayList<>(facts.asSeen());
    args.addAll(List.of(
        flag(repairs.stream().anyMatch(Repair::looksNow)),
        flag(repairs.stream().anyMatch(Repair::asksForReview)),
        flag(repairs.contains(Repair.EXPIRY)),
        mark,
        mark.startsWith(HELD) ? 0 : settings.keepMillis(),
        repairs.contains(Repair.ORDER_WITHOUT_PAYMENT) ? facts.orderName() : "",
        ScriptArgs.line("audit: " + labels(repairs), Abilities.NONE),
        ArchiveName.order(facts.id(), facts.orderName(), settings.home())));
    return moves
        .make(
            LedgerScript.REPAIR,
            List.of(
                keys.payment(),
                keys.ended(),
                keys.due(),
                keys.attention(),
                keys.order(facts.orderName()),
                keys.stray(),
                keys.archive()),
            args)
        .map(reply -> {
          if (reply.word() == LedgerScript.OnRepair.MOVED) {
            return Set.<Repair>of();
          }
          LOG.warn("audit: payment {}, order {}: {}", facts.id(), facts.orderName(), repairs);
          return repairs;
        });
  }

  private static List<String> labels(Set<Repair> repairs) {
    return repairs.stream().map(Repair::label).toList();
  }

  private static String flag(boolean raised) {
    return raised ? "1" : "0";
  }

  private static Future<Set<Repair>> nothing() {
    return Future.succeededFuture(Set.of());
  }
}
