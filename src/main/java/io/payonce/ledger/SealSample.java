package io.payonce.ledger;

import io.payonce.model.PaymentId;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Looks whether our keys open what a ledger holds that does not say which key seals it: programs of
 * the first version have left it so. Some unsettled payments are enough: they were all sealed with
 * one key, and it is they that must not be taken for broken.
 */
record SealSample(Moves moves, Sealer sealer) {
  /** Of each shard: one may be torn. */
  private static final int EACH = 3;

  /** More would hold up the start, and tell nothing new. */
  private static final int MOST = 200;

  /** Fails with {@link Seals.Unopened} when there are some, and none opens. */
  Future<Void> test() {
    List<Future<List<PaymentId>>> lists =
        IntStream.range(0, Keys.SHARDS).mapToObj(this::unsettled).toList();
    return Future.all(lists)
        .compose(all -> {
          List<PaymentId> ids = new ArrayList<>();
          lists.forEach(list -> ids.addAll(list.result()));
          return opened(ids.subList(0, Math.min(MOST, ids.size())));
        })
        .compose(opened -> opened.isEmpty() || opened.contains(true)
            ? Future.succeededFuture()
            : Future.failedFuture(new Seals.Unopened(
                "the ledger holds payments that neither ledger.encryptionKey nor any of"
                    + " ledger.formerKeys opens")));
  }

  private Future<List<PaymentId>> unsettled(int shard) {
    return moves.make(Move.PAGE, List.of(Keys.due(shard)), List.of(0, "", EACH)).map(said -> {
      Response members = said.rest().get(1);
      return IntStream.range(0, members.size() / 2)
          .mapToObj(i -> members.get(2 * i).toString())
          .filter(member -> member.indexOf('/') >= 0)
          .map(PaymentId::parse)
          .toList();
    });
  }

  private Future<List<Boolean>> opened(List<PaymentId> ids) {
    List<Future<Optional<Boolean>>> looks = ids.stream().map(this::opens).toList();
    return Future.join(looks)
        .otherwiseEmpty()
        .map(done -> looks.stream()
            .filter(Future::succeeded)
            .flatMap(look -> look.result().stream())
            .toList());
  }

  /** Empty when nothing of it is sealed. */
  private Future<Optional<Boolean>> opens(PaymentId id) {
    return Sealed.of(moves, id)
        .map(had -> had.isEmpty()
            ? Optional.empty()
            : Optional.of(had.keys(sealer).stream().noneMatch(SealRegister.UNKNOWN::equals)));
  }
}
