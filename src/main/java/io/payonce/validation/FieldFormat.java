package io.payonce.validation;

import java.util.stream.IntStream;

/**
 * The form of a field (platform.md#field-formats). Where the platform documents two limits the
 * wider one counts: validation refuses only what cannot pass.
 */
enum FieldFormat {
  /** Nothing more than a length is documented. */
  NAME(1, 32, Signs.PRINTABLE, "1 to 32 printable ASCII characters"),
  TRANSACTION_ID(1, 64, Signs.PRINTABLE, "1 to 64 printable ASCII characters"),
  /** It becomes part of keys and of a payment's name. */
  MERCHANT(1, 32, Signs.WORD + "_-", "1 to 32 of A-Z a-z 0-9 _ -"),
  /** 32 on some pages, 64 on newer ones (platform.md#length-of-ids). */
  REQUEST_ID(1, 64, Signs.WORD + "_-", "1 to 64 of A-Z a-z 0-9 _ -"),
  REFERENCE(6, 32, Signs.WORD + "_-|*", "6 to 32 of A-Z a-z 0-9 _ - | *"),
  /** An order that an operator's call names by a member of its own. */
  ORDER(1, 64, Signs.WORD + "_-|*", "1 to 64 of A-Z a-z 0-9 _ - | *"),
  CURRENCY(3, 3, Signs.CAPITALS, "an ISO 4217 code of three capital letters");

  private final int least;
  private final int most;
  private final boolean[] signs = new boolean[128];
  private final String expected;

  FieldFormat(int least, int most, String signs, String expected) {
    this.least = least;
    this.most = most;
    this.expected = expected;
    signs.chars().forEach(sign -> this.signs[sign] = true);
  }

  /** Said to the caller when a text does not fit. */
  String expected() {
    return expected;
  }

  boolean fits(String text) {
    if (text.length() < least || text.length() > most) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char sign = text.charAt(i);
      if (sign >= signs.length || !signs[sign]) {
        return false;
      }
    }
    return true;
  }

  private static final class Signs {
    static final String CAPITALS = from('A', 'Z');
    static final String WORD = CAPITALS + from('a', 'z') + from('0', '9');
    static final String PRINTABLE = from(' ', '~');

    private static String from(char first, char last) {
      return IntStream.rangeClosed(first, last)
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
          .toString();
    }
  }
}
