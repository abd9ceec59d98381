package io.payonce.world;

import java.util.EnumSet;

/** What may go wrong, or merely otherwise; each world draws how often each does. */
enum Fault {
  CRASH(60),
  STALL(60),
  LEDGER_UNREACHED(8),
  LEDGER_SWALLOWED(8),
  LEDGER_REPLY_LOST(8),
  LEDGER_LATE(8),
  FAILOVER(40),
  NO_CONNECTION(4),
  SEND_LOST(3),
  SEND_LATE(3),
  ANSWER_LOST(3),
  ANSWER_LATE(4),
  UNKNOWN_CODE(3),
  HIDDEN_RESULT(3),
  REFUSAL(3),
  HELD(3),
  FAILED(3),
  DECLINED(6),
  CLOSED(6),
  QUERY_LAG(2),
  QUERY_LOST(3),
  /** Success with another amount than asked for. */
  OTHER_AMOUNT(5),
  /** What arrives is the answer to another's request. */
  MIXED_UP(4),
  /** The platform's own message does not arrive, or its acknowledgement does not. */
  NOTICE_LOST(3),
  NOTICE_LATE(3),
  NOTICE_TWICE(3),
  /** It comes to another payment's address. */
  NOTICE_ASTRAY(4),
  /** It does not say of which request it is. */
  NOTICE_NAMELESS(4);

  private static final EnumSet<Fault> OF_NOTICES =
      EnumSet.of(NOTICE_LOST, NOTICE_LATE, NOTICE_TWICE, NOTICE_ASTRAY, NOTICE_NAMELESS);

  /**
   * Where a fault is common it happens once in so many times; where it is rare, a tenth of that.
   */
  final int often;

  Fault(int often) {
    this.often = often;
  }

  /** How often each happens in one world: a subset of all, some more and some less. */
  static int[] draw(Kind kind, Chance chance) {
    int[] rates = new int[values().length];
    int silence = chance.below(4);
    for (Fault fault : values()) {
      if (OF_NOTICES.contains(fault) && !kind.notifies()) {
        continue; // the draws of other worlds stay as they are
      }
      int rate = chance.below(4 + silence);
      rates[fault.ordinal()] =
          rate == 1 ? fault.often : rate == 2 ? fault.often * 3 : rate == 3 ? fault.often * 10 : 0;
    }
    return rates;
  }
}
