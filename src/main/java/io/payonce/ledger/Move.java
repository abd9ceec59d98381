package io.payonce.ledger;

import io.payonce.redis.Script;

/**
 * The ledger's moves: one Lua script each, and the words it answers with.
 *
 * @param counts whether the shard's count of moves is its last key, and the last word of its answer
 * @param raises whether it raises that count
 * @param words the enum of its words, spelled as in the script
 */
record Move<W extends Enum<W>>(Script script, Class<W> words, boolean counts, boolean raises) {
  static final Move<OnBegin> BEGIN = counted("begin", OnBegin.class);
  static final Move<OnRecall> RECALL = shown("recall", OnRecall.class);
  static final Move<OnSettle> SETTLE = counted("settle", OnSettle.class);
  static final Move<OnRelease> RELEASE = counted("release", OnRelease.class);
  static final Move<OnDefer> DEFER = counted("defer", OnDefer.class);
  static final Move<OnClaim> CLAIM = shown("claim", OnClaim.class);
  static final Move<OnAttempt> ATTEMPT = counted("attempt", OnAttempt.class);
  static final Move<OnAbort> ABORT = counted("abort", OnAbort.class);
  static final Move<OnShut> SHUT = counted("shut", OnShut.class);
  static final Move<OnHurry> HURRY = move("hurry", OnHurry.class);
  static final Move<OnFind> FIND = shown("find", OnFind.class);
  static final Move<OnDue> DUE = shown("due", OnDue.class);
  static final Move<OnAside> ASIDE = move("aside", OnAside.class);
  static final Move<OnFacts> FACTS = move("facts", OnFacts.class);
  static final Move<OnMend> MEND = move("mend", OnMend.class);
  static final Move<OnTouch> TOUCH = move("touch", OnTouch.class);
  static final Move<OnLook> LOOK = move("look", OnLook.class);
  static final Move<OnPage> PAGE = move("page", OnPage.class);
  static final Move<OnTakeover> TAKEOVER = counted("takeover", OnTakeover.class);
  static final Move<OnAcknowledge> ACKNOWLEDGE = move("acknowledge", OnAcknowledge.class);
  static final Move<OnAnnounce> ANNOUNCE = move("announce", OnAnnounce.class);
  static final Move<OnInquire> INQUIRE = shown("inquire", OnInquire.class);
  static final Move<OnGiveback> GIVEBACK = counted("giveback", OnGiveback.class);
  static final Move<OnContradict> CONTRADICT = counted("contradict", OnContradict.class);
  static final Move<OnLeave> LEAVE = move("leave", OnLeave.class);
  static final Move<OnCharter> CHARTER = move("charter", OnCharter.class);
  static final Move<OnRename> RENAME = move("rename", OnRename.class);
  static final Move<OnLapse> LAPSE = move("lapse", OnLapse.class);
  static final Move<OnVouch> VOUCH = move("vouch", OnVouch.class);

  static final Move<OnSeal> SEAL = move("seal", OnSeal.class);
  static final Move<OnReseal> RESEAL = move("reseal", OnReseal.class);
  static final Move<OnTally> TALLY = move("tally", OnTally.class);
  static final Move<OnSalvage> SALVAGE = move("salvage", OnSalvage.class);
  static final Move<OnBury> BURY = counted("bury", OnBury.class);
  static final Move<OnPeek> PEEK = move("peek", OnPeek.class);

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
    NEWER,
    FOREIGN
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

  enum OnContradict {
    NOTED,
    DECIDED,
    PAID,
    UNSETTLED,
    OTHER_ORDER
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

  enum OnCharter {
    CHARTER
  }

  enum OnLapse {
    LAPSED
  }

  enum OnVouch {
    KNOWN,
    OTHER
  }

  enum OnRename {
    RENAMED,
    MOVED
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

  enum OnSeal {
    SEALED,
    UNSEALED
  }

  enum OnReseal {
    RESEALED,
    MOVED
  }

  enum OnTally {
    TALLIED
  }

  enum OnSalvage {
    SALVAGED
  }

  enum OnBury {
    BURIED,
    MOVED,
    NEWER,
    NOT_HELD
  }

  enum OnPeek {
    PEEKED
  }

  enum OnLeave {
    LEFT
  }

  private static <W extends Enum<W>> Move<W> move(String name, Class<W> words) {
    return new Move<>(Script.of(name, common() + own(name)), words, false, false);
  }

  /** One that changes what must not be forgotten. */
  private static <W extends Enum<W>> Move<W> counted(String name, Class<W> words) {
    return counting(name, words, true, "redis.call('INCR', epoch)");
  }

  /** One that only shows how far the count is. */
  private static <W extends Enum<W>> Move<W> shown(String name, Class<W> words) {
    return counting(name, words, false, "redis.call('GET', epoch) or 0");
  }

  private static <W extends Enum<W>> Move<W> counting(
      String name, Class<W> words, boolean raises, String count) {
    String source = common() + "local function move()\n" + own(name) + "end\n"
        + "local epoch = KEYS[#KEYS]\nlocal said = move()\n"
        + "said[#said + 1] = " + count + "\nreturn said\n";
    return new Move<>(Script.of(name, source), words, true, raises);
  }

  private static String common() {
    return Script.load(Move.class, "common.lua").source();
  }

  private static String own(String name) {
    return Script.load(Move.class, name + ".lua").source();
  }
}
