package io.payonce.sandbox.signature;

import io.payonce.signing.ByteSink;
import io.payonce.signing.UnsignableException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The text that RFC 9421 signs (section 2.5): a line for each covered component, then the
 * signature's own parameters.
 */
final class SignatureBase {
  private SignatureBase() {}

  /**
   * @param params the covered components and the parameters, spelled as in Signature-Input
   * @throws IllegalArgumentException when a component is covered twice, absent, ambiguous or
   *     unknown
   */
  static void write(List<Component> covered, String params, HttpMessage message, ByteSink to) {
    requireDistinct(covered);
    for (Component component : covered) {
      to.printable("component", component.identifier()).put(':').put(' ');
      to.printable("component value", component.valueIn(message)).put('\n');
    }
    to.printable("parameters", "\"@signature-params\": ").printable("parameters", params);
  }

  private static void requireDistinct(List<Component> covered) {
    Set<Object> seen = new HashSet<>();
    for (Component component : covered) {
      if (!seen.add(component.identity())) {
        throw new UnsignableException("a component is covered twice");
      }
    }
  }
}
