package io.payonce.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.payonce.model.Operation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests are the same. */
class RequestReaderTest {
  private final RequestReader reader = new RequestReader();

  private String print(String body) throws Malformed {
    return reader.read(Operation.SALE, Jsons.bytes(body.replace('\'', '"'))).fingerprint();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'b':[1,{'d':2,'c':null}],'a':'x','amount':{'priceCurrency':'USD','orderAmount':100}}",
        " {\n'a' : 'x',\t'amount':{'orderAmount':100,'priceCurrency':'USD'},'b':[1,{'d':2}] }",
        "{'\\u0061':'\\u0078','amount':{'orderAmount':100,'priceCurrency':'USD'},'b':[1,{'d':2}]}",
        "{'a':'x','amount':{'orderAmount':100,'priceCurrency':'USD'},'b':[1.0,{'d':20e-1}]}",
        "{'a':'x','amount':{'orderAmount':'100','priceCurrency':'USD'},'b':[10e-1,{'d':0.2E+1}]}",
        "{'a':'x','attach':'1','amount':{'orderAmount':100,'priceCurrency':'USD'},'b':[1,{'d':2}],"
            + "'description':'two','notifyUrl':'https://a.example','timeExpire':'2026-11-29T10:00:00Z'}",
        "{'a':'x','cardEncryptedData':'new','amount':{'orderAmount':100,'priceCurrency':'USD'},"
            + "'b':[1,{'d':2}],'walletToken':{'x':[1,{}]},'token':'t'}",
        "{'a':'x','amount':{'orderAmount':100,'priceCurrency':'USD'},'b':[1,{'cardToken':7,'d':2}],"
            + "'x':null,'attach':null}"
      })
  void the_same_money_is_the_same_request(String body) throws Malformed {
    assertThat(print(body))
        .isEqualTo(print(
            "{'a':'x','b':[1,{'d':2}]," + "'amount':{'orderAmount':100,'priceCurrency':'USD'}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'a':'x','b':[1,2]}",
        "{'a':'x','b':[2,1],'c':0}",
        "{'a':'y','b':[1,2],'c':0}",
        "{'a':'x','b':[1,2],'c':'0'}",
        "{'a':'x','b':[1,2],'c':false}",
        "{'a':'x','b':[1,2],'c':''}",
        "{'a':'x','b':[1,2],'c':[]}",
        "{'a':'x','b':[1,2],'c':{}}",
        "{'a':'x','b':[1,2],'c':[null]}",
        "{'a':'x','b':[1,2,null],'c':0}",
        "{'a':'x','b':[[1],2],'c':0}",
        "{'a':'x','b':[12],'c':0}",
        "{'a':'x','b':[1,2],'c':1}",
        "{'a':'x','b':[1,2],'c':0,'d':0}",
        "{'a':'x','b':[1,2],'c':0,'items':[{'description':'nested is not ours'}]}",
        "{'a':'x','b':[1,-2],'c':0}",
        "{'a':'xb','b':[1,2],'c':0}",
        "{'ax':'','b':[1,2],'c':0}"
      })
  void whatever_else_differs_is_another_request(String body) throws Malformed {
    assertThat(print(body)).isNotEqualTo(print("{'a':'x','b':[1,2],'c':0}"));
    assertThat(print("{'b':[" + body + ",{'description':'one'}]}"))
        .isNotEqualTo(print("{'b':[" + body + ",{'description':'two'}]}"));
  }

  @ParameterizedTest
  @CsvSource({
    "1,1.0",
    "1,1e0",
    "1,10e-1",
    "100,1E+2",
    "0,-0",
    "0,0.00",
    "0,0e99999999999999999999",
    "-1.50,-15e-1",
    "0.001,1E-3",
    "12e00000000000000000003,12000",
    "1e-0,1"
  })
  void numbers_are_their_value(String one, String other) throws Malformed {
    assertThat(print("{'x':" + one + "}")).isEqualTo(print("{'x':" + other + "}"));
  }

  @ParameterizedTest
  @CsvSource({
    "1,10",
    "1,-1",
    "1,1.01",
    "1e2,1e3",
    "1e20,1e-20",
    "123,1230",
    "1e99999999999999999999,1e-99999999999999999999",
    "1e99999999999999999999,1e99999999999999999998"
  })
  void other_numbers_are_other_requests(String one, String other) throws Malformed {
    assertThat(print("{'x':" + one + "}")).isNotEqualTo(print("{'x':" + other + "}"));
  }

  @Test
  void operations_are_distinguished() throws Malformed {
    byte[] body = Jsons.bytes("{}");
    assertThat(reader.read(Operation.SALE, body).fingerprint())
        .isNotEqualTo(reader.read(Operation.AUTH, body).fingerprint());
  }

  @Test
  void the_fingerprint_is_the_same_for_ever() throws Malformed {
    assertThat(print("{'referenceOrderId':'o-1','amount':{'orderAmount':1000}}"))
        .as("SHA-256 of the operation, a zero and the form; records live across versions")
        .isEqualTo("6uYwcZB756eAmW6LFpwETA");
  }

  @Test
  void many_members_take_no_square_time_and_a_large_body_leaves_nothing_behind() throws Malformed {
    StringBuilder up = new StringBuilder("{'a':0");
    StringBuilder down = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      up.append(",'m").append(i).append("':").append(i);
    }
    for (int i = 19_999; i >= 0; i--) {
      down.append("'m").append(i).append("':").append(i).append(',');
    }
    assertThat(print(up + "}")).isEqualTo(print("{" + down + "'a':0}"));
    assertThat(print("{'a':1}")).isEqualTo(new RequestReaderTest().print("{'a':1}"));
  }

  @Test
  void agrees_with_trees_on_random_requests_and_on_the_same_written_otherwise() {
    Jsons jsons = new Jsons(Jsons.SEED);
    Random random = new Random(Jsons.SEED);
    Map<String, String> printOf = new HashMap<>();
    Map<String, String> formOf = new HashMap<>();
    int read = 0;
    for (int i = 0; i < 6_000; i++) {
      byte[] body = jsons.request();
      JsonNode tree = Jsons.exactTree(body);
      String print = orNull(body);
      if (print == null || tree == null) {
        continue;
      }
      read++;
      String form = plain(tree, "");
      Jsons.assertSame(printOf.computeIfAbsent(form, f -> print), print, i, body);
      Jsons.assertSame(formOf.computeIfAbsent(print, p -> form), form, i, body);
      byte[] otherwise = otherwise(tree, random, true).getBytes(StandardCharsets.UTF_8);
      Jsons.assertSame(orNull(otherwise), print, i, otherwise);
    }
    assertThat(read).isGreaterThan(600);
  }

  private String orNull(byte[] body) {
    try {
      return reader.read(Operation.SALE, body).fingerprint();
    } catch (Malformed e) {
      return null;
    }
  }

  /** The slow, plain way: a tree, sorted. */
  private static String plain(JsonNode node, String path) {
    if (node.isObject()) {
      Map<String, String> members = new TreeMap<>();
      node.properties().forEach(member -> {
        String name = member.getKey();
        boolean press =
            List.of("timeExpire", "attach", "description", "notifyUrl").contains(name)
                && path.isEmpty();
        if (!press && !name.equals("cardEncryptedData") && !member.getValue().isNull()) {
          members.put(name, plain(member.getValue(), path + "/" + name));
        }
      });
      return members.toString();
    }
    if (node.isArray()) {
      List<String> elements = new ArrayList<>();
      node.forEach(element -> elements.add(plain(element, path + "/")));
      return elements.toString();
    }
    boolean amount = path.equals("/amount/orderAmount") || path.equals("/tipAmount");
    return node.isNumber() || amount
        ? "n" + new BigDecimal(node.asText()).stripTrailingZeros()
        : node.getNodeType() + node.asText() + "\u0001";
  }

  /** The same request from another hand. */
  private static String otherwise(JsonNode node, Random random, boolean outermost) {
    if (node.isObject()) {
      List<String> members = new ArrayList<>();
      node.properties()
          .forEach(member -> members.add(escaped(member.getKey(), random) + " :"
              + otherwise(member.getValue(), random, false)));
      if (outermost && !node.has("notifyUrl")) {
        members.add("\"notifyUrl\":\"https://" + random.nextInt(9) + ".example\"");
      }
      java.util.Collections.shuffle(members, random);
      return "{" + String.join(" ,\n", members) + "}";
    }
    if (node.isArray()) {
      List<String> elements = new ArrayList<>();
      node.forEach(element -> elements.add(otherwise(element, random, false)));
      return "[ " + String.join(",", elements) + "]";
    }
    if (node.isNumber()) {
      return number(node.decimalValue(), random);
    }
    return node.isTextual() ? escaped(node.textValue(), random) : node.asText();
  }

  /** Whole numbers stay written as such: an amount must be. */
  private static String number(BigDecimal value, Random random) {
    if (value.scale() <= 0 || random.nextBoolean()) {
      return value.scale() == 0 ? value.toPlainString() : value.toString();
    }
    BigInteger digits = value.unscaledValue();
    return digits.signum() == 0 ? "-0.0" : digits + "0e" + (-value.scale() - 1);
  }

  private static String escaped(String text, Random random) {
    StringBuilder json = new StringBuilder("\"");
    for (char sign : text.toCharArray()) {
      boolean must = sign < ' ' || sign == '"' || sign == '\\' || Character.isSurrogate(sign);
      json.append(must || random.nextInt(4) == 0 ? String.format("\\u%04x", (int) sign) : sign);
    }
    return json.append('"').toString();
  }
}
