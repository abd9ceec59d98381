package io.payonce.ledger.journal;

import io.payonce.ledger.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what stands under a number: kind, outcome and time in words, then the answer as it is
 * sealed.
 */
record StoredNotice(String kind, Outcome outcome, long atMillis, byte[] answer) {
  /** @throws RuntimeException when it has another form */
  static StoredNotice read(byte[] field) {
    int at = 0;
    for (int blanks = 0; blanks < 3; at++) {
      blanks += field[at] == ' ' ? 1 : 0;
    }
    String[] words = new String(field, 0, at, StandardCharsets.UTF_8).split(" ");
    return new StoredNotice(
        words[0],
        Outcome.read(words[1]),
        Long.parseLong(words[2]),
        Arrays.copyOfRange(field, at, field.length));
  }
}
