package io.payonce.ledger.redis;

import io.payonce.model.PaymentId;
import io.payonce.model.StageName;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Estimates how many unsettled payments are in doubt: the outcome is unknown, or they are overdue.
 * It looks at a random sample, spread over the shards by size.
 */
final class DoubtCount {
  /** At half, twice the error (3 %) in an outage; at double, 2 ms of Redis' time a count. */
  private static final int SAMPLE = 1024;

  /** At double, one step holds Redis up for a quarter of a millisecond. */
  private static final int STEP = 128;

  /** Twice the time between two looks for due payments, several times over. */
  private static final long OVERDUE_MILLIS = 10_000;

  private static final Set<String> IN_DOUBT =
      Set.of(StageName.IN_DOUBT.word(), StageName.ATTENTION.word());

  private final ScriptRunner moves;
  private final List<Long> sizes;
  private final long total;

  /** @param sizes how many unsettled payments each shard has */
  DoubtCount(ScriptRunner moves, List<Long> sizes) {
    this.moves = moves;
    this.sizes = sizes;
    this.total = sizes.stream().mapToLong(Long::longValue).sum();
  }

  Future<Long> estimate() {
    List<Future<Long>> shards = IntStream.range(0, sizes.size())
        .filter(shard -> sizes.get(shard) > 0)
        .mapToObj(this::ofShard)
        .toList();
    return Future.all(shards)
        .map(all -> all.<Long>list().stream().mapToLong(n -> n).sum());
  }

  private Future<Long> ofShard(int shard) {
    long size = sizes.get(shard);
    long most = total <= SAMPLE ? size : Math.max(1, Math.round((double) SAMPLE * size / total));
    String due = LedgerKeys.due(shard);
    return moves
        .send(due, Request.cmd(Command.TIME))
        .compose(time -> members(due, size, most).compose(members -> {
          List<Future<Boolean>> looks = members.stream()
              .filter(member -> !Canary.is(member.name()))
              .map(member -> isInDoubt(member, time.get(0).toLong() * 1000))
              .toList();
          return Future.all(looks).map(all -> scaled(all.list(), size));
        }));
  }

  /** All of a small shard, or some by chance; never so many at once that others wait for it. */
  private Future<List<Member>> members(String due, long size, long most) {
    List<Future<Response>> steps = LongStream.iterate(0, from -> from <= most, from -> from + STEP)
        .mapToObj(from -> most >= size
            ? Request.cmd(Command.ZRANGE).arg(moves.named(due)).arg(from).arg(from + STEP - 1)
            // A negative number may take one twice, and does not look at all of them.
            : Request.cmd(Command.ZRANDMEMBER)
                .arg(moves.named(due))
                .arg(-Math.min(STEP, most + 1 - from)))
        .map(step -> moves.send(due, step.arg("WITHSCORES")))
        .toList();
    return Future.all(steps)
        .map(all -> steps.stream().flatMap(step -> flattened(step.result())).toList());
  }

  private record Member(String name, double score) {}

  /** With RESP3 each member comes as a pair of its own, with RESP2 all in one row. */
  private static Stream<Member> flattened(Response members) {
    boolean pairs = members.size() > 0 && members.get(0).isArray();
    return pairs
        ? members.stream().map(pair -> member(pair.get(0), pair.get(1)))
        : IntStream.range(0, members.size() / 2)
            .mapToObj(i -> member(members.get(2 * i), members.get(2 * i + 1)));
  }

  private static Member member(Response name, Response score) {
    return new Member(name.toString(), Double.parseDouble(score.toString()));
  }

  private Future<Boolean> isInDoubt(Member member, long now) {
    if (member.score() < now - OVERDUE_MILLIS) {
      return Future.succeededFuture(true);
    }
    String payment = LedgerKeys.of(PaymentId.parse(member.name())).payment();
    return moves
        .send(payment, Request.cmd(Command.HGET).arg(moves.named(payment)).arg("st"))
        .map(stage -> stage != null && IN_DOUBT.contains(stage.toString()));
  }

  private static long scaled(List<Boolean> sample, long size) {
    long inDoubt = sample.stream().filter(is -> is).count();
    return sample.isEmpty() ? 0 : Math.round((double) inDoubt * size / sample.size());
  }
}
