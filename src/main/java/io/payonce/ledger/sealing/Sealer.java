package io.payonce.ledger.sealing;

import io.payonce.ledger.UnreadableRecord;
import io.payonce.model.HmacSha256;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps bodies and answers unreadable at rest (AES-256-GCM) and bound to their payment and field:
 * moved elsewhere or changed by a bit, they do not open. One for each event loop; not thread-safe.
 *
 * <p>Each sealer has a key of its own, HMAC-SHA256 of the master key and 16 random bytes, and
 * counts its nonces. So no nonce repeats under one key however many pods share the master key, and
 * a sealed text tells which key it is under: {@code version, name of the master key, salt, counter,
 * ciphertext and tag}. The first version wrote no name; such a text is tried with every key.
 */
public final class Sealer {
  public static final int KEY_BYTES = 32;

  private static final byte UNNAMED = 1;
  private static final byte NAMED = 2;
  private static final int SALT_BYTES = 16;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  /** 16 bytes: chance makes two bodies of one payment look alike once in 2^64 tries. */
  private static final int FINGERPRINT_BYTES = 16;

  /**
   * Event loops of all pods within one retention; each one more costs an HMAC (2 µs) an opening.
   */
  private static final int MOST_KEYS = 256;

  private final EncryptionKeyRing keys;
  private final byte[] salt = new byte[SALT_BYTES];
  private final Cipher cipher;
  private final Map<ByteBuffer, SecretKeySpec> openings = new Lru();
  private EncryptionKeyRing.Ring ring;
  private SecretKeySpec sealing;
  private List<Mac> fingerprints;
  private long counter;

  /** Of a ledger that is sealed with one key for ever. */
  public Sealer(byte[] key) {
    this(new EncryptionKeyRing(key, List.of()));
  }

  public Sealer(EncryptionKeyRing keys) {
    this.keys = keys;
    try {
      new SecureRandom().nextBytes(salt);
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  /** Seals {@code plain} as this field of this payment. */
  public byte[] seal(PaymentId id, String field, byte[] plain) {
    EncryptionKeyRing.Ring now = ring();
    boolean named = keys.namesKeys();
    int headBytes = headBytes(named);
    byte[] sealed = new byte[headBytes + plain.length + TAG_BITS / 8];
    ByteBuffer head = ByteBuffer.wrap(sealed).put(named ? NAMED : UNNAMED);
    if (named) {
      head.put(now.sealing().mark());
    }
    head.put(salt).putLong(++counter);
    try {
      start(Cipher.ENCRYPT_MODE, sealing, sealed, headBytes, id, field);
      cipher.doFinal(plain, 0, plain.length, sealed, headBytes);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing failed", e);
    }
  }

  /**
   * Opens what {@link #seal} made.
   *
   * @throws UnreadableRecord when it was sealed with another key or as something else, or changed
   */
  public byte[] open(PaymentId id, String field, byte[] sealed) {
    if (!isSealed(sealed)) {
      throw new UnreadableRecord(id, "its " + field + " is not sealed as this version seals");
    }
    return sealed[0] == NAMED
        ? open(id, field, sealed, List.of(sealedWith(id, field, sealed)))
        : open(id, field, sealed, ring().opening());
  }

  private static boolean isSealed(byte[] sealed) {
    boolean named = sealed.length > 0 && sealed[0] == NAMED;
    return sealed.length >= headBytes(named) + TAG_BITS / 8 && (named || sealed[0] == UNNAMED);
  }

  private EncryptionKey sealedWith(PaymentId id, String field, byte[] sealed) {
    String name = keyName(sealed).orElseThrow();
    return ring()
        .named(name)
        .orElseThrow(() -> UnreadableRecord.forOthers(
            id, "its " + field + " is sealed with key " + name + ", which this pod does not have"));
  }

  /** The name of the key that it is sealed with; empty where it does not say. */
  public static Optional<String> keyName(byte[] sealed) {
    return sealed.length > EncryptionKey.NAME_BYTES && sealed[0] == NAMED
        ? Optional.of(HexFormat.of().formatHex(sealed, 1, 1 + EncryptionKey.NAME_BYTES))
        : Optional.empty();
  }

  /** Which of our keys opens it; empty when none does. */
  public Optional<String> openedBy(PaymentId id, String field, byte[] sealed) {
    return ring().opening().stream()
        .filter(key -> isSealed(sealed))
        .filter(key -> {
          try {
            return open(id, field, sealed, List.of(key)) != null;
          } catch (UnreadableRecord other) {
            return false;
          }
        })
        .map(EncryptionKey::name)
        .findFirst();
  }

  private byte[] open(PaymentId id, String field, byte[] sealed, List<EncryptionKey> with) {
    int headBytes = headBytes(sealed[0] == NAMED);
    for (EncryptionKey key : with) {
      try {
        start(Cipher.DECRYPT_MODE, opening(key, sealed, headBytes), sealed, headBytes, id, field);
        return cipher.doFinal(sealed, headBytes, sealed.length - headBytes);
      } catch (GeneralSecurityException another) {
        continue;
      }
    }
    String why = "its " + field + " is not as we sealed it, or of another key";
    boolean perhapsOthers =
        sealed[0] == UNNAMED && keys.hasRetired() && keys.lost().isEmpty();
    throw perhapsOthers ? UnreadableRecord.forOthers(id, why) : new UnreadableRecord(id, why);
  }

  /** Some key that the ledger was sealed with is no longer ours. */
  public boolean hasRetired() {
    return keys.hasRetired();
  }

  private static int headBytes(boolean named) {
    return 1 + (named ? EncryptionKey.NAME_BYTES : 0) + SALT_BYTES + Long.BYTES;
  }

  /** An answer with its media type, sealed together. */
  public byte[] sealReply(PaymentId id, Reply reply) {
    byte[] type = (reply.contentType() + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] plain = Arrays.copyOf(type, type.length + reply.body().length);
    System.arraycopy(reply.body(), 0, plain, type.length, reply.body().length);
    return seal(id, "answer", plain);
  }

  public Reply openReply(PaymentId id, byte[] sealed) {
    byte[] plain = open(id, "answer", sealed);
    int end = 0;
    while (plain[end] != '\n') {
      end++;
    }
    return new Reply(
        new String(plain, 0, end, StandardCharsets.UTF_8),
        Arrays.copyOfRange(plain, end + 1, plain.length));
  }

  /**
   * Whether a request is the same as before, without the request: keyed, because the bodies have so
   * little that is secret in them that a plain hash could be guessed. The first version knew
   * requests by this.
   *
   * @return by the key that seals now first, then by the others
   */
  List<String> fingerprints(Operation operation, byte[] body) {
    ring();
    return fingerprints.stream().map(mac -> fingerprint(mac, operation, body)).toList();
  }

  /** The same by the key that seals now. */
  public String fingerprint(Operation operation, byte[] body) {
    ring();
    return fingerprint(fingerprints.get(0), operation, body);
  }

  private static String fingerprint(Mac mac, Operation operation, byte[] body) {
    mac.update(operation.kind().getBytes(StandardCharsets.US_ASCII));
    mac.update((byte) 0);
    byte[] whole = mac.doFinal(body);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(whole, FINGERPRINT_BYTES));
  }

  /** The keys as they are now. */
  private EncryptionKeyRing.Ring ring() {
    EncryptionKeyRing.Ring now = keys.ring();
    if (now != ring) {
      ring = now;
      openings.clear();
      sealing = subkey(now.sealing(), salt);
      List<Mac> macs = new ArrayList<>(List.of(fingerprints(now.sealing())));
      now.opening().stream()
          .filter(key -> !key.equals(now.sealing()))
          .map(Sealer::fingerprints)
          .forEach(macs::add);
      fingerprints = macs;
    }
    return now;
  }

  private static Mac fingerprints(EncryptionKey key) {
    return HmacSha256.with(key.mac().doFinal("fingerprint".getBytes(StandardCharsets.US_ASCII)));
  }

  private void start(
      int mode, SecretKeySpec key, byte[] sealed, int headBytes, PaymentId id, String field)
      throws GeneralSecurityException {
    byte[] nonce = new byte[NONCE_BYTES];
    System.arraycopy(sealed, headBytes - Long.BYTES, nonce, NONCE_BYTES - Long.BYTES, Long.BYTES);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD((id + "\0" + field).getBytes(StandardCharsets.UTF_8));
  }

  private SecretKeySpec opening(EncryptionKey of, byte[] sealed, int headBytes) {
    int from = headBytes - Long.BYTES - SALT_BYTES;
    ByteBuffer name = ByteBuffer.allocate(EncryptionKey.NAME_BYTES + SALT_BYTES)
        .put(of.mark())
        .put(sealed, from, SALT_BYTES)
        .flip();
    SecretKeySpec key = openings.get(name);
    if (key == null) {
      key = subkey(of, Arrays.copyOfRange(sealed, from, from + SALT_BYTES));
      openings.put(name, key);
    }
    return key;
  }

  private static SecretKeySpec subkey(EncryptionKey of, byte[] salt) {
    Mac mac = of.mac();
    mac.update("seal".getBytes(StandardCharsets.US_ASCII));
    return new SecretKeySpec(mac.doFinal(salt), "AES");
  }

  private static final class Lru extends LinkedHashMap<ByteBuffer, SecretKeySpec> {
    private static final long serialVersionUID = 1;

    private Lru() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<ByteBuffer, SecretKeySpec> eldest) {
      return size() > MOST_KEYS;
    }
  }
}
