package io.payonce.ledger;

import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
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
 * a sealed text tells which key it is under: {@code version, salt, counter, ciphertext and tag}.
 */
public final class Sealer {
  public static final int KEY_BYTES = 32;

  private static final byte VERSION = 1;
  private static final int SALT_BYTES = 16;
  private static final int HEAD_BYTES = 1 + SALT_BYTES + Long.BYTES;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  /** 16 bytes: chance makes two bodies of one payment look alike once in 2^64 tries. */
  private static final int FINGERPRINT_BYTES = 16;

  /**
   * Event loops of all pods within one retention; each one more costs an HMAC (2 µs) an opening.
   */
  private static final int MOST_KEYS = 256;

  private final byte[] master;
  private final byte[] salt = new byte[SALT_BYTES];
  private final SecretKeySpec sealing;
  private final Mac fingerprints;
  private final Cipher cipher;
  private final Map<ByteBuffer, SecretKeySpec> openings = new Lru();
  private long counter;

  public Sealer(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("ledger.encryptionKey: 32 bytes, not " + key.length);
    }
    try {
      master = key.clone();
      new SecureRandom().nextBytes(salt);
      sealing = subkey(salt);
      fingerprints = mac(mac(master).doFinal("fingerprint".getBytes(StandardCharsets.US_ASCII)));
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM and HMAC-SHA256", e);
    }
  }

  /** Seals {@code plain} as this field of this payment. */
  public byte[] seal(PaymentId id, String field, byte[] plain) {
    try {
      byte[] head = ByteBuffer.allocate(HEAD_BYTES)
          .put(VERSION)
          .put(salt)
          .putLong(++counter)
          .array();
      byte[] sealed = Arrays.copyOf(head, HEAD_BYTES + plain.length + TAG_BITS / 8);
      start(Cipher.ENCRYPT_MODE, sealing, head, id, field);
      cipher.doFinal(plain, 0, plain.length, sealed, HEAD_BYTES);
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
    if (sealed.length < HEAD_BYTES + TAG_BITS / 8 || sealed[0] != VERSION) {
      throw new UnreadableRecord(id, "its " + field + " is not sealed as version " + VERSION);
    }
    try {
      ByteBuffer name = ByteBuffer.wrap(Arrays.copyOfRange(sealed, 1, 1 + SALT_BYTES));
      start(Cipher.DECRYPT_MODE, opening(name), sealed, id, field);
      return cipher.doFinal(sealed, HEAD_BYTES, sealed.length - HEAD_BYTES);
    } catch (GeneralSecurityException e) {
      throw new UnreadableRecord(id, "its " + field + " is not as we sealed it, or of another key");
    }
  }

  /** An answer with its media type, sealed together. */
  byte[] sealReply(PaymentId id, Reply reply) {
    byte[] type = (reply.contentType() + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] plain = Arrays.copyOf(type, type.length + reply.body().length);
    System.arraycopy(reply.body(), 0, plain, type.length, reply.body().length);
    return seal(id, "answer", plain);
  }

  Reply openReply(PaymentId id, byte[] sealed) {
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
   * little that is secret in them that a plain hash could be guessed.
   */
  public String fingerprint(Operation operation, byte[] body) {
    fingerprints.update(operation.label().getBytes(StandardCharsets.US_ASCII));
    fingerprints.update((byte) 0);
    byte[] whole = fingerprints.doFinal(body);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(whole, FINGERPRINT_BYTES));
  }

  private void start(int mode, SecretKeySpec key, byte[] head, PaymentId id, String field)
      throws GeneralSecurityException {
    byte[] nonce = new byte[NONCE_BYTES];
    System.arraycopy(head, 1 + SALT_BYTES, nonce, NONCE_BYTES - Long.BYTES, Long.BYTES);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD((id + "\0" + field).getBytes(StandardCharsets.UTF_8));
  }

  private SecretKeySpec opening(ByteBuffer name) throws GeneralSecurityException {
    SecretKeySpec key = openings.get(name);
    if (key == null) {
      key = subkey(name.array());
      openings.put(name, key);
    }
    return key;
  }

  private SecretKeySpec subkey(byte[] of) throws GeneralSecurityException {
    Mac mac = mac(master);
    mac.update("seal".getBytes(StandardCharsets.US_ASCII));
    return new SecretKeySpec(mac.doFinal(of), "AES");
  }

  private static Mac mac(byte[] key) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac;
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
