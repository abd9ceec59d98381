package io.payonce.signing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A value of RFC 8941 with its parameters, and its one canonical spelling. The value is a Long,
 * BigDecimal, String, Token, byte[], Boolean, or a List of items for an inner list.
 */
record StructuredItem(Object value, Map<String, Object> params) {
  record Token(String text) {}

  static StructuredItem of(Object value) {
    return new StructuredItem(value, Map.of());
  }

  String text() {
    StringBuilder out = new StringBuilder(64);
    write(out);
    return out.toString();
  }

  private void write(StringBuilder out) {
    writeValue(value, out);
    params.forEach((name, param) -> writeParam(name, param, out));
  }

  private static void writeParam(String name, Object param, StringBuilder out) {
    out.append(';').append(name);
    if (!Boolean.TRUE.equals(param)) {
      writeValue(param, out.append('='));
    }
  }

  private static void writeValue(Object value, StringBuilder out) {
    if (value instanceof List<?> items) {
      writeList(items, out);
    } else if (value instanceof String text) {
      out.append('"').append(text.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    } else if (value instanceof byte[] bytes) {
      out.append(':').append(Base64.getEncoder().encodeToString(bytes)).append(':');
    } else if (value instanceof Boolean flag) {
      out.append(flag ? "?1" : "?0");
    } else if (value instanceof BigDecimal decimal) {
      out.append(plain(decimal));
    } else if (value instanceof Token token) {
      out.append(token.text());
    } else {
      out.append(value);
    }
  }

  private static void writeList(List<?> items, StringBuilder out) {
    out.append('(');
    String separator = "";
    for (Object item : items) {
      out.append(separator);
      ((StructuredItem) item).write(out);
      separator = " ";
    }
    out.append(')');
  }

  private static String plain(BigDecimal decimal) {
    BigDecimal short3 = decimal.setScale(3, RoundingMode.HALF_EVEN).stripTrailingZeros();
    return (short3.scale() < 1 ? short3.setScale(1) : short3).toPlainString();
  }
}
