package io.payonce.ledger;

import io.payonce.redis.Script;

/**
 * The ledger's moves: one Lua script each, and the words it answers with.
 *
 * @param words the enum of its words, spelled as in the script
 */
record Move<W extends Enum<W>>(Script script, Class<W> words) {
  static final Move<OnBegin> BEGIN = move("begin", OnBegin.class);
  static final Move<OnRecall> RECALL = move("recall", OnRecall.class);
  static final Move<OnSettle> SETTLE = move("settle", OnSettle.class);
  static final Move<OnRelease> RELEASE = move("release", OnRelease.class);
  static final Move<OnDefer> DEFER = move("defer", OnDefer.class);
  static final Move<OnClaim> CLAIM = move("claim", OnClaim.class);
  static final Move<OnAttempt> ATTEMPT = move("attempt", OnAttempt.class);
  static final Move<OnAbort> ABORT = move("abort", OnAbort.class);
  static final Move<OnShut> SHUT = move("shut", OnShut.class);
  static final Move<OnHurry> HURRY = move("hurry", OnHurry.class);
  static final Move<OnFind> FIND = move("find", OnFind.class);
  static final Move<OnDue> DUE = move("due", OnDue.class);
  static final Move<OnAside> ASIDE = move("aside", OnAside.class);
  static final Move<OnFacts> FACTS = move("facts", OnFacts.class);
  static final Move<OnMend> MEND = move("mend", OnMend.class);
  static final Move<OnTouch> TOUCH = move("touch", OnTouch.class);
  static final Move<OnLook> LOOK = move("look", OnLook.class);
  static final Move<OnPage> PAGE = move("page", OnPage.class);
  static final Move<OnTakeover> TAKEOVER = move("takeover", OnTakeover.class);
  static final Move<OnAcknowledge> ACKNOWLEDGE = move("acknowledge", OnAcknowledge.class);
  static final Move<OnAnnounce> ANNOUNCE = move("announce", OnAnnounce.class);
  static final Move<OnInquire> INQUIRE = move("inquire", OnInquire.class);
  static final Move<OnGiveback> GIVEBACK = move("giveback", OnGiveback.class);
  static final Move<OnLeave> LEAVE = move("leave", OnLeave.class);

  enum OnBegin {
    BEGUN,
    KNOWN,
    OTHER_BODY,
    TOO_LATE,
    LATE,
    ALIAS,
    ORDER_TAKEN,
    ORDER_PAID
  }

  enum OnRecall {
    KNOWN,
    OTHER_BODY,
    LATE,
    GONE
  }

  enum OnSettle {
    SETTLED,
    ALREADY,
    CONTRADICTED,
    STALE,
    GONE,
    OTHER_ORDER
  }

  enum OnRelease {
    RELEASED,
    ALREADY,
    STALE,
    GONE,
    OTHER_ORDER
  }

  enum OnDefer {
    DEFERRED,
    STALE
  }

  enum OnClaim {
    CLAIMED,
    NOT_DUE,
    ENDED,
    GONE,
    BROKEN,
    NEWER
  }

  enum OnAttempt {
    ATTEMPTED,
    STALE,
    ABORTED
  }

  enum OnAbort {
    NOTED,
    ENDED,
    GONE
  }

  enum OnShut {
    SHUT,
    ENDED,
    GONE
  }

  enum OnHurry {
    HURRIED,
    LEASED,
    ENDED,
    GONE
  }

  enum OnFind {
    FOUND,
    LATE,
    GONE
  }

  enum OnDue {
    DUE
  }

  enum OnAside {
    AGAIN,
    ASIDE,
    STALE
  }

  enum OnFacts {
    FACTS
  }

  enum OnMend {
    MENDED,
    MOVED
  }

  enum OnTouch {
    TOUCHED
  }

  enum OnLook {
    SEEN
  }

  enum OnPage {
    PAGE
  }

  enum OnTakeover {
    TAKEN,
    ENDED,
    GONE
  }

  enum OnAcknowledge {
    ACKNOWLEDGED,
    UNLISTED,
    UNSETTLED
  }

  enum OnAnnounce {
    ANNOUNCED
  }

  enum OnInquire {
    ASK,
    KEPT,
    BUSY
  }

  enum OnGiveback {
    GIVEN,
    KEPT,
    BUSY
  }

  enum OnLeave {
    LEFT
  }

  private static <W extends Enum<W>> Move<W> move(String name, Class<W> words) {
    String common = Script.load(Move.class, "common.lua").source();
    String own = Script.load(Move.class, name + ".lua").source();
    return new Move<>(Script.of(name, common + own), words);
  }
}
