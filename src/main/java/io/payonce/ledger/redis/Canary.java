package io.payonce.ledger.redis;

import io.payonce.model.PaymentId;
import io.payonce.model.Shards;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What shows that a pod lives which announces nothing. Each shard's due set holds the name of a
 * payment that does not exist. Programs of the first version go round all shards every two seconds
 * and claim what is due; of what does not exist they only take the name off the set. All later ones
 * pass over it and put it up again: so a canary that has stood for some time says that nobody of
 * the first version looks after this ledger, one that has gone says that one may.
 *
 * <p>Its score is the time since when it stands, as a negative number: before all payments that are
 * due, and in no list of them, for those begin at 0.
 */
public final class Canary {
  /** No merchant can be called so: validation lets no such sign pass. */
  private static final String MERCHANT = "~canary";

  private static final List<String> MEMBERS =
      IntStream.range(0, Shards.COUNT).mapToObj(Canary::find).toList();

  private Canary() {}

  /** The member of that shard's due set. Who claims it looks for it in this shard, too. */
  public static String of(int shard) {
    return MEMBERS.get(shard);
  }

  static boolean is(String member) {
    return member.startsWith(MERCHANT);
  }

  private static String find(int shard) {
    int number = 0;
    while (Shards.of(MERCHANT + number) != shard) {
      number++;
    }
    return new PaymentId(MERCHANT + number, "old-pods-take-this-away").toString();
  }
}
