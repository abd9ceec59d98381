package io.payonce.ledger.redis;

import io.payonce.redis.LuaLibrary;
import io.payonce.redis.LuaScript;

/**
 * Lists the ledger's scripts, one for each move, with the words they return.
 *
 * @param counts whether the shard's count of moves is its last key, and the last word of its
 *     answer; then its arguments go as one
 * @param raises whether it raises that count
 * @param words the enum of its words, spelled as in the script
 */
public record LedgerScript<W extends Enum<W>>(
    LuaScript script, Class<W> words, boolean counts, boolean raises) {
  /**
   * What {@code page} reads at a time; at double, it holds Redis up for a third of a millisecond.
   */
  public static final int MOST_A_PAGE = 100;

  /** Before all scripts, which are made of it. */
  private static final LuaLibrary LIBRARY =
      new LuaLibrary(LedgerScript.class, "packed", "archive", "archiving", "common");

  /** How a script takes its arguments, and how where {@link ScriptArgs#pack} made one of them. */
  private static final String ARGS = "unpack(ARGV)";

  private static final String PACKED_ARGS = "cmsgpack.unpack(ARGV[1])";

  static final LedgerScript<OnBegin> BEGIN = counted("begin", OnBegin.class);
  static final LedgerScript<OnRecall> RECALL = shown("recall", OnRecall.class);
  static final LedgerScript<OnSettle> SETTLE = counted("settle", OnSettle.class);
  static final LedgerScript<OnRelease> RELEASE = counted("release", OnRelease.class);
  static final LedgerScript<OnDefer> DEFER = counted("defer", OnDefer.class);
  static final LedgerScript<OnClaim> CLAIM = shown("claim", OnClaim.class);
  static final LedgerScript<OnIntent> INTENT = counted("intent", OnIntent.class);
  static final LedgerScript<OnAbort> ABORT = counted("abort", OnAbort.class);
  static final LedgerScript<OnShut> SHUT = counted("shut", OnShut.class);
  static final LedgerScript<OnExpedite> EXPEDITE = move("expedite", OnExpedite.class);
  static final LedgerScript<OnFind> FIND = shown("find", OnFind.class);
  static final LedgerScript<OnDue> DUE = shown("due", OnDue.class);
  static final LedgerScript<OnGlance> GLANCE = move("glance", OnGlance.class);
  static final LedgerScript<OnQuarantine> QUARANTINE = move("quarantine", OnQuarantine.class);
  public static final LedgerScript<OnAudit> AUDIT = move("audit", OnAudit.class);
  public static final LedgerScript<OnRepair> REPAIR = move("repair", OnRepair.class);
  static final LedgerScript<OnAlias> ALIAS = move("alias", OnAlias.class);
  static final LedgerScript<OnMark> MARK = move("mark", OnMark.class);
  static final LedgerScript<OnTouch> TOUCH = move("touch", OnTouch.class);
  static final LedgerScript<OnInspect> INSPECT = move("inspect", OnInspect.class);
  public static final LedgerScript<OnPage> PAGE = move("page", OnPage.class);
  static final LedgerScript<OnTakeover> TAKEOVER = counted("takeover", OnTakeover.class);
  static final LedgerScript<OnAcknowledge> ACKNOWLEDGE = move("acknowledge", OnAcknowledge.class);
  public static final LedgerScript<OnAnnounce> ANNOUNCE = move("announce", OnAnnounce.class);
  static final LedgerScript<OnInquire> INQUIRE = shown("inquire", OnInquire.class);
  static final LedgerScript<OnGiveback> GIVEBACK = counted("giveback", OnGiveback.class);
  static final LedgerScript<OnContradict> CONTRADICT = counted("contradict", OnContradict.class);
  public static final LedgerScript<OnLeave> LEAVE = move("leave", OnLeave.class);
  public static final LedgerScript<OnCharter> CHARTER = move("charter", OnCharter.class);
  public static final LedgerScript<OnRename> RENAME = move("rename", OnRename.class);
  static final LedgerScript<OnLapse> LAPSE = move("lapse", OnLapse.class);
  public static final LedgerScript<OnVouch> VOUCH = move("vouch", OnVouch.class);

  public static final LedgerScript<OnSeal> SEAL = move("seal", OnSeal.class);
  public static final LedgerScript<OnReseal> RESEAL = move("reseal", OnReseal.class);
  public static final LedgerScript<OnTally> TALLY = move("tally", OnTally.class);
  static final LedgerScript<OnSalvage> SALVAGE = move("salvage", OnSalvage.class);
  static final LedgerScript<OnReview> REVIEW = move("review", OnReview.class);
  static final LedgerScript<OnBury> BURY = counted("bury", OnBury.class);
  public static final LedgerScript<OnPeek> PEEK = move("peek", OnPeek.class);

  enum OnBegin {
    BEGUN,
    KNOWN,
    OTHER_BODY,
    TOO_LATE,
    LATE,
    ALIAS,
    ORIGINAL_OPEN,
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
    OTHER_REQUEST,
    GONE,
    UNREADABLE,
    OTHER_ORDER
  }

  enum OnRelease {
    RELEASED,
    ALREADY,
    STALE,
    GONE,
    UNREADABLE,
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
    FOREIGN,
    PUT_OFF
  }

  enum OnIntent {
    RECORDED,
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

  enum OnExpedite {
    EXPEDITED,
    LEASED,
    ENDED,
    GONE
  }

  enum OnContradict {
    NOTED,
    KNOWN,
    DECIDED,
    PAID,
    UNSETTLED,
    UNREADABLE,
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

  enum OnGlance {
    GLANCED
  }

  enum OnQuarantine {
    AGAIN,
    QUARANTINED,
    STALE
  }

  public enum OnAudit {
    AUDITED
  }

  public enum OnRepair {
    REPAIRED,
    MOVED
  }

  enum OnAlias {
    NAMED
  }

  enum OnMark {
    MARK
  }

  enum OnTouch {
    TOUCHED
  }

  enum OnInspect {
    INSPECTED
  }

  public enum OnPage {
    PAGE
  }

  enum OnTakeover {
    TAKEN,
    ENDED,
    GONE,
    NEWER
  }

  enum OnAcknowledge {
    ACKNOWLEDGED,
    UNLISTED,
    UNSETTLED
  }

  public enum OnAnnounce {
    ANNOUNCED
  }

  public enum OnCharter {
    CHARTER
  }

  enum OnLapse {
    LAPSED
  }

  public enum OnVouch {
    KNOWN,
    OTHER
  }

  public enum OnRename {
    RENAMED,
    MOVED
  }

  enum OnInquire {
    ASK,
    KEPT,
    BUSY,
    GONE
  }

  enum OnGiveback {
    GIVEN,
    KEPT,
    BUSY
  }

  public enum OnSeal {
    SEALED,
    UNSEALED
  }

  public enum OnReseal {
    RESEALED,
    MOVED
  }

  public enum OnTally {
    TALLIED
  }

  enum OnSalvage {
    SALVAGED
  }

  enum OnReview {
    LISTED,
    LEFT
  }

  enum OnBury {
    BURIED,
    MOVED,
    NEWER,
    NOT_HELD
  }

  public enum OnPeek {
    PEEKED
  }

  public enum OnLeave {
    LEFT
  }

  private static <W extends Enum<W>> LedgerScript<W> move(String name, Class<W> words) {
    return new LedgerScript<>(LuaScript.of(name, with(own(name))), words, false, false);
  }

  /** One that changes what must not be forgotten. */
  private static <W extends Enum<W>> LedgerScript<W> counted(String name, Class<W> words) {
    return counting(name, words, true, "redis.call('INCR', epoch)");
  }

  /** One that only shows how far the count is. */
  private static <W extends Enum<W>> LedgerScript<W> shown(String name, Class<W> words) {
    return counting(name, words, false, "redis.call('GET', epoch) or 0");
  }

  private static <W extends Enum<W>> LedgerScript<W> counting(
      String name, Class<W> words, boolean raises, String count) {
    String source = "local function move()\n" + own(name).replace(ARGS, PACKED_ARGS) + "end\n"
        + "local epoch = KEYS[#KEYS]\nlocal said = move()\n"
        + "said[#said + 1] = " + count + "\nreturn said\n";
    return new LedgerScript<>(LuaScript.of(name, with(source)), words, true, raises);
  }

  /** A script and what it needs of what all have in common. */
  public static String with(String script) {
    return LIBRARY.with(script);
  }

  private static String own(String name) {
    return LuaScript.load(LedgerScript.class, name + ".lua").source();
  }
}
