package io.payonce.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Marks a place in a list over all shards. It names the last one seen, not a count, so that
 * payments which come and go meanwhile do not shift what follows.
 */
public record Cursor(int shard, long score, String member) {
  public static final Cursor START = new Cursor(0, 0, "");

  /** Reads what {@link #toString} wrote. */
  public static Cursor parse(String text) {
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    String[] parts = new String(bytes, StandardCharsets.UTF_8).split(" ", 3);
    if (parts.length != 3) {
      throw new IllegalArgumentException("not a cursor");
    }
    return new Cursor(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), parts[2]);
  }

  public Cursor afterShard() {
    return new Cursor(shard + 1, 0, "");
  }

  @Override
  public String toString() {
    String text = shard + " " + score + " " + member;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
