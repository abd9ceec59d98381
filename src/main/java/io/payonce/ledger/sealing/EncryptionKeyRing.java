package io.payonce.ledger.sealing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * The keys of a pod's records, as they are now: they change while it runs. One a pod; thread-safe.
 *
 * <p>The ledger says which of them seals, not the configuration: that names a preference, which
 * comes true when all live pods have it. A key without which something could not be read is not
 * given up.
 */
public final class EncryptionKeyRing {
  /**
   * The keys that all sealers work with at one moment.
   *
   * @param sealing one of {@code opening}
   */
  public record Ring(EncryptionKey sealing, List<EncryptionKey> opening) {
    public Optional<EncryptionKey> named(String name) {
      return opening.stream().filter(key -> key.name().equals(name)).findFirst();
    }
  }

  private volatile Ring ring;
  private volatile EncryptionKey preferred;
  private volatile Set<String> needed = Set.of();
  private volatile Set<String> lost = Set.of();
  private volatile boolean retired;

  /** The ledger has said which key seals: before that no record is this pod's to lose. */
  private boolean agreed;

  private volatile String refused;
  private BooleanSupplier named = () -> true;

  /**
   * @param own what shall seal
   * @param former what only opens
   * @throws IllegalArgumentException when one has not 32 bytes
   */
  public EncryptionKeyRing(byte[] own, List<byte[]> former) {
    List<EncryptionKey> all = all(own, former);
    preferred = all.get(0);
    ring = new Ring(preferred, all);
  }

  /** From now on what is sealed names its key only while this says that all pods can read that. */
  public EncryptionKeyRing namedWhile(BooleanSupplier allReadIt) {
    named = allReadIt;
    return this;
  }

  private EncryptionKeyRing(Ring ring) {
    this.ring = ring;
  }

  private static List<EncryptionKey> all(byte[] own, List<byte[]> former) {
    List<EncryptionKey> all = new ArrayList<>(List.of(new EncryptionKey(own)));
    former.stream().map(EncryptionKey::new).filter(key -> !all.contains(key)).forEach(all::add);
    return List.copyOf(all);
  }

  /**
   * New keys are configured. Those that records need and that the new ones lack stay in use.
   *
   * @param gone names of keys that no pod has any more
   * @return what is missing among the new ones, in words; null when nothing is
   */
  public synchronized String offer(byte[] own, List<byte[]> former, Set<String> gone) {
    List<EncryptionKey> offered = all(own, former);
    lost = Set.copyOf(gone);
    List<EncryptionKey> kept = !agreed
        ? List.of()
        : ring.opening().stream()
            .filter(key -> !offered.contains(key))
            .filter(key -> key.equals(ring.sealing()) || needed.contains(key.name()))
            .toList();
    List<EncryptionKey> opening = new ArrayList<>(offered);
    opening.addAll(kept);
    boolean opens = !agreed || offered.contains(ring.sealing());
    // Who lacks the key that seals has been given a wrong one: its preference does not count.
    preferred = opens ? offered.get(0) : ring.sealing();
    ring = new Ring(agreed ? ring.sealing() : preferred, List.copyOf(opening));
    refused = kept.isEmpty() ? null : lacks(names(kept));
    return refused;
  }

  public static String lacks(Set<String> names) {
    return "records are sealed with key " + String.join(" and ", names)
        + ", which is neither ledger.encryptionKey nor among ledger.formerKeys";
  }

  private static Set<String> names(List<EncryptionKey> keys) {
    return keys.stream().map(EncryptionKey::name).collect(Collectors.toCollection(TreeSet::new));
  }

  /** What the configured keys lack and this pod still has; null when nothing. */
  public String refused() {
    return refused;
  }

  /** The ledger says which key seals. False when this pod does not have it. */
  public synchronized boolean sealWith(String name) {
    Optional<EncryptionKey> key = ring.named(name);
    key.ifPresent(sealing -> ring = new Ring(sealing, ring.opening()));
    agreed |= key.isPresent();
    return key.isPresent();
  }

  /** Which keys records need, as they were last counted; those that are lost are not missed. */
  public synchronized void need(Set<String> names) {
    needed = Set.copyOf(names);
  }

  /** Some key that this ledger was sealed with is no longer here. */
  public void retired(boolean anyIs) {
    retired = anyIs;
  }

  public boolean hasRetired() {
    return retired;
  }

  /** Whether it may matter to an operator which records need which key. */
  public boolean areSeveral() {
    return retired || ring.opening().size() > 1 || needed.size() > 1;
  }

  public Set<String> lost() {
    return lost;
  }

  /** @param names of keys that no pod has any more */
  public EncryptionKeyRing withoutLost(Set<String> names) {
    lost = Set.copyOf(names);
    return this;
  }

  /** What is to seal as soon as every pod has it. */
  public EncryptionKey preferredKey() {
    return preferred;
  }

  /** Its name, for the other pods. */
  public String preferred() {
    return preferred.name();
  }

  /** The same keys, sealing with that one of them. */
  public EncryptionKeyRing sealing(EncryptionKey key) {
    EncryptionKeyRing other = new EncryptionKeyRing(new Ring(key, ring.opening()));
    other.preferred = key;
    return other;
  }

  public Ring ring() {
    return ring;
  }

  boolean namesKeys() {
    return named.getAsBoolean();
  }

  /** Names only. */
  @Override
  public String toString() {
    Ring now = ring;
    return "key " + now.sealing() + " seals, " + now.opening() + " open, " + preferred
        + " is to seal";
  }
}
