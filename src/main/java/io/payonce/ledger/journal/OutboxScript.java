package io.payonce.ledger.journal;

import io.payonce.ledger.redis.LedgerScript;
import io.payonce.redis.LuaScript;

/** Lists the outbox's scripts, with the words they return. */
final class OutboxScript {
  static final LedgerScript<OnLook> LOOK = script("look", OnLook.class);
  static final LedgerScript<OnScout> SCOUT = script("scout", OnScout.class);
  static final LedgerScript<OnTake> TAKE = script("take", OnTake.class);
  static final LedgerScript<OnEnd> DELIVER = script("deliver", OnEnd.class);
  static final LedgerScript<OnAgain> AGAIN = script("again", OnAgain.class);
  static final LedgerScript<OnEnd> FORGO = script("forgo", OnEnd.class);
  static final LedgerScript<OnRevive> REVIVE = script("revive", OnRevive.class);
  static final LedgerScript<OnLost> LOST = script("lost", OnLost.class);

  enum OnLook {
    SEEN
  }

  enum OnScout {
    SCOUTED
  }

  enum OnTake {
    TAKEN,
    LATER,
    NOTHING
  }

  enum OnEnd {
    MORE,
    LAST,
    OTHER
  }

  enum OnAgain {
    AGAIN,
    OTHER
  }

  enum OnRevive {
    DUE,
    PENDING,
    NOTHING
  }

  enum OnLost {
    LOST,
    NOTHING
  }

  private OutboxScript() {}

  private static <W extends Enum<W>> LedgerScript<W> script(String name, Class<W> words) {
    String source = LedgerScript.with(own("outbox") + own(name));
    return new LedgerScript<>(LuaScript.of(name, source), words, false, false);
  }

  private static String own(String name) {
    return LuaScript.load(OutboxScript.class, name + ".lua").source();
  }
}
