package io.payonce.ledger.redis;

import io.payonce.model.PaymentId;
import io.payonce.model.Shards;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Names every key of the ledger in Redis; they are spelled here only. All keys of a merchant share
 * one hash tag, so that every script is atomic on a cluster too.
 */
public final class LedgerKeys {
  private static final List<String> PREFIXES = IntStream.range(0, Shards.COUNT)
      .mapToObj(shard -> "payonce:{s" + shard + "}:")
      .toList();

  // Each payment names these, and an idle pod each shard's twice a second.
  private static final List<String> DUE = each("due");
  private static final List<String> EPOCH = each("epoch");
  private static final List<String> ATTENTION = each("attention");
  private static final List<String> OUTCOMES = each("outcomes");
  private static final List<String> OUTBOX = each("outbox");
  private static final List<String> UNDELIVERED = each("undelivered");
  private static final List<String> ARCHIVE = each("archive");

  private final PaymentId id;
  private final String member;
  private final int number;
  private final String shard;

  private LedgerKeys(PaymentId id) {
    this.id = id;
    this.member = id.toString();
    this.number = Shards.of(id.merchantId());
    this.shard = prefix(number);
  }

  public static LedgerKeys of(PaymentId id) {
    return new LedgerKeys(id);
  }

  public static String due(int shard) {
    return DUE.get(shard);
  }

  /** Who may audit the node that serves this shard. */
  public static String audit(int shard) {
    return prefix(shard) + "audit";
  }

  static String attention(int shard) {
    return ATTENTION.get(shard);
  }

  /** Of which payments callers could not be notified at the first try, and since when they wait. */
  public static String failing(int shard) {
    return prefix(shard) + "failing";
  }

  /** What the pods can, each in its own words. */
  public static String pods() {
    return prefix(0) + "pods";
  }

  /** How many moves a shard has seen. */
  public static String epoch(int shard) {
    return EPOCH.get(shard);
  }

  /** When a shard was last found to have gone back in time. */
  public static String lapse(int shard) {
    return prefix(shard) + "lapse";
  }

  /** What is tried is tried on it. */
  public static String dryRun(int shard) {
    return prefix(shard) + "dryrun";
  }

  /** Which run of which Redis a shard's memory is trusted in. */
  public static String run(int shard) {
    return prefix(shard) + "run";
  }

  /** The shard that a key is of. */
  static int shardOfKey(String key) {
    int from = key.indexOf("{s") + 2;
    int shard = 0;
    for (int i = from; key.charAt(i) != '}'; i++) {
      shard = shard * 10 + key.charAt(i) - '0';
    }
    return shard;
  }

  /** What the ledger knows of itself. */
  public static String charter() {
    return prefix(0) + "charter";
  }

  /** Stands as long as the ledger has forms that former versions do not see; no payment's. */
  public static String formsInUse() {
    return prefix(0) + "tomb:forms";
  }

  /** Which keys the ledger is and was sealed with. */
  public static String seals() {
    return prefix(0) + "seals";
  }

  /** Of a member of a shard's lists. */
  public static String payment(int shard, String member) {
    return prefix(shard) + "payment:" + member;
  }

  private static List<String> each(String name) {
    return PREFIXES.stream().map(prefix -> prefix + name).toList();
  }

  private static String prefix(int shard) {
    return PREFIXES.get(shard);
  }

  public int shard() {
    return number;
  }

  public String payment() {
    return shard + "payment:" + member;
  }

  /** The same once it has ended, as one string. */
  public String ended() {
    return shard + "ended:" + member;
  }

  /** Of no order: a key that scripts are given to have one, and leave alone. */
  public String order(String name) {
    return shard + "order:" + id.owner() + "/" + (name == null ? "" : name);
  }

  /** Another name of a payment; for follow-ups by the platform's, the order that they lock. */
  public String name(String name) {
    return order("txn:" + (name == null ? "" : name));
  }

  /** What was given back, or may be taken back, of those who have paid an order. */
  public String back(String orderName) {
    return shard + "back:" + id.owner() + "/" + (orderName == null ? "" : orderName);
  }

  /** What is left of a payment that an operator has ended because it could not be read. */
  public String wreck() {
    return shard + "wreck:" + member;
  }

  /** Which order is held by a payment of which nothing is left. */
  public String stray() {
    return shard + "stray";
  }

  public String due() {
    return DUE.get(number);
  }

  public String attention() {
    return ATTENTION.get(number);
  }

  public String tomb() {
    return shard + "tomb:" + member;
  }

  /** How payments ended: a stream. */
  public String outcomes() {
    return outcomes(number);
  }

  public static String outcomes(int shard) {
    return OUTCOMES.get(shard);
  }

  /** Of which payments callers are still to be notified, and when that is tried next. */
  public String outbox() {
    return outbox(number);
  }

  public static String outbox(int shard) {
    return OUTBOX.get(shard);
  }

  /** The notification of this payment, and where it goes. */
  public String notice() {
    return shard + "notice:" + member;
  }

  /** Of which payments callers could not be notified. */
  public static String undelivered(int shard) {
    return UNDELIVERED.get(shard);
  }

  /** What stays of ended payments; its own keys and this one's begin alike. */
  public String archive() {
    return ARCHIVE.get(number);
  }

  String touch() {
    return shard + "touch";
  }
}
