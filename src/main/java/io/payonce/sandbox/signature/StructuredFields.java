package io.payonce.sandbox.signature;

import java.util.List;
import java.util.Map;
import org.greenbytes.http.sfv.ByteSequenceItem;
import org.greenbytes.http.sfv.ListElement;
import org.greenbytes.http.sfv.Parser;

/** Reads the dictionaries of RFC 8941: Signature, Signature-Input and Content-Digest. */
final class StructuredFields {
  private StructuredFields() {}

  /** @throws IllegalArgumentException when the lines are no dictionary */
  static Map<String, ListElement<?>> dictionary(List<String> lines) {
    return lines.isEmpty() ? Map.of() : new Parser(lines).parseDictionary().get();
  }

  /** Null where it is something else, or nothing. */
  static byte[] bytes(ListElement<?> member) {
    if (!(member instanceof ByteSequenceItem item)) {
      return null;
    }
    byte[] bytes = new byte[item.get().remaining()];
    item.get().duplicate().get(bytes);
    return bytes;
  }
}
