package io.payonce.ledger.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.redis.LedgerScript;
import io.payonce.redis.LuaScript;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scripts and Java speak the same words, and a script's header says what its body does. */
class OutboxScriptTest {
  static Stream<LedgerScript<?>> scripts() {
    return Stream.of(
        OutboxScript.LOOK,
        OutboxScript.SCOUT,
        OutboxScript.TAKE,
        OutboxScript.DELIVER,
        OutboxScript.AGAIN,
        OutboxScript.FORGO,
        OutboxScript.REVIVE,
        OutboxScript.LOST);
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void header_body_and_java_agree(LedgerScript<?> script) {
    String name = script.script().name();
    String source = LuaScript.load(OutboxScript.class, name + ".lua").source();
    assertThat(source).startsWith("-- " + name + ": ").doesNotContain("payonce:", "KEYS[", "ARGV[");
    Set<String> words = Arrays.stream(script.words().getEnumConstants())
        .map(Enum::name)
        .collect(Collectors.toCollection(TreeSet::new));
    assertThat(Stream.of(header(source, "returns").split("\\|"))
            .map(word -> word.strip().split(" ")[0]))
        .containsExactlyInAnyOrderElementsOf(words);
    assertThat(all("return \\{'([A-Z_]+)'", source)).isEqualTo(words);
    for (String table : List.of("KEYS", "ARGV")) {
      // Of what is once for each of several shards, the header names one.
      assertThat(all("local ([^=]+) = unpack\\(" + table + "(?:, i, i \\+ \\d)?\\)", source))
          .isEqualTo(
              header(source, table).isEmpty()
                  ? Set.of()
                  : Set.of(header(source, table).replace(" ", ", ")));
    }
    assertThat(all("redis\\.call\\('[A-Z]+', ([^,)]+)", source))
        .isSubsetOf("notice", "outbox", "undelivered", "failing", "payment");
  }

  private static String header(String source, String of) {
    return source
        .lines()
        .filter(line -> line.startsWith("-- " + of + ":"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .collect(Collectors.joining());
  }

  private static Set<String> all(String pattern, String in) {
    return Pattern.compile(pattern)
        .matcher(in)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
