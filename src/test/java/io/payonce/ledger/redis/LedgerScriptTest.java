package io.payonce.ledger.redis;

import static org.assertj.core.api.Assertions.assertThat;

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
class LedgerScriptTest {
  private static final int MOST_LINES = 40;

  static Stream<LedgerScript<?>> moves() {
    return Stream.of(
        LedgerScript.BEGIN,
        LedgerScript.RECALL,
        LedgerScript.SETTLE,
        LedgerScript.RELEASE,
        LedgerScript.DEFER,
        LedgerScript.CLAIM,
        LedgerScript.INTENT,
        LedgerScript.ABORT,
        LedgerScript.SHUT,
        LedgerScript.EXPEDITE,
        LedgerScript.FIND,
        LedgerScript.DUE,
        LedgerScript.GLANCE,
        LedgerScript.QUARANTINE,
        LedgerScript.AUDIT,
        LedgerScript.REPAIR,
        LedgerScript.ALIAS,
        LedgerScript.MARK,
        LedgerScript.TOUCH,
        LedgerScript.INSPECT,
        LedgerScript.PAGE,
        LedgerScript.CHARTER,
        LedgerScript.RENAME,
        LedgerScript.LAPSE,
        LedgerScript.VOUCH,
        LedgerScript.TAKEOVER,
        LedgerScript.ACKNOWLEDGE,
        LedgerScript.ANNOUNCE,
        LedgerScript.LEAVE,
        LedgerScript.CONTRADICT,
        LedgerScript.INQUIRE,
        LedgerScript.GIVEBACK,
        LedgerScript.SEAL,
        LedgerScript.RESEAL,
        LedgerScript.TALLY,
        LedgerScript.PEEK,
        LedgerScript.SALVAGE,
        LedgerScript.REVIEW,
        LedgerScript.BURY);
  }

  @ParameterizedTest
  @MethodSource("moves")
  void header_body_and_java_have_the_same_words(LedgerScript<?> move) {
    Set<String> words = Arrays.stream(move.words().getEnumConstants())
        .map(Enum::name)
        .collect(Collectors.toCollection(TreeSet::new));
    String source = source(move);
    assertThat(header(source, "returns").flatMap(line -> Stream.of(line.split("\\|"))))
        .map(word -> word.strip().split(" ")[0])
        .containsExactlyInAnyOrderElementsOf(words);
    assertThat(all("return \\{'([A-Z_]+)'", source)).containsExactlyInAnyOrderElementsOf(words);
    assertThat(words).hasSameSizeAs(move.words().getEnumConstants());
  }

  @ParameterizedTest
  @MethodSource("moves")
  void a_header_names_the_keys_and_arguments_that_the_body_takes(LedgerScript<?> move) {
    String source = source(move);
    for (String table : List.of("KEYS", "ARGV")) {
      String inHeader = header(source, table).collect(Collectors.joining(" ")).strip();
      // Of what is once for each of several shards, the header names one.
      String taken = "local ([^=]+) = unpack\\(" + table
          + "(?:, [^()]+)?\\)|for i, (\\w+) in ipairs\\(" + table;
      String inBody = all(taken, source).stream()
          .map(names -> names.replace(",", ""))
          .collect(Collectors.joining(" "));
      assertThat(inBody).isEqualTo(inHeader);
      assertThat(source).doesNotContain(table + "[");
    }
  }

  @ParameterizedTest
  @MethodSource("moves")
  void a_script_is_short_begins_with_its_name_and_returns_only_words(LedgerScript<?> move) {
    String source = source(move);
    assertThat(source.lines().count()).isLessThan(MOST_LINES);
    assertThat(source).startsWith("-- " + move.script().name() + ": ");
    assertThat(all("return( \\S+)", source)).allMatch(what -> what.startsWith(" {'"));
  }

  @ParameterizedTest
  @MethodSource("moves")
  void a_script_names_no_key_of_its_own(LedgerScript<?> move) {
    assertThat(move.script().source()).doesNotContain("payonce:");
    assertThat(all("redis\\.call\\('[A-Z]+', ([^,)]+)", move.script().source()))
        .isSubsetOf(
            "payment",
            "packed",
            "archive",
            "bucket",
            "due",
            "attention",
            "tomb",
            "order",
            "alias",
            "touch",
            "charter",
            "epoch",
            "lapse",
            "run",
            "list",
            "pods",
            "back",
            "lock",
            "lockBack",
            "original",
            "page",
            "tail",
            "seals",
            "stray",
            "wreck",
            "outcomes",
            "notice",
            "outbox");
  }

  @ParameterizedTest
  @MethodSource("moves")
  void a_script_calls_only_what_it_brings_along(LedgerScript<?> move) {
    String linked = move.script().source().replaceAll("'(?:[^'\\\\\n]|\\\\.)*'|--[^\n]*", "''");
    Set<String> its = new TreeSet<>(all("local function (\\w+)", linked));
    its.addAll(List.of(
        "function", "unpack", "pcall", "ipairs", "pairs", "tonumber", "tostring", "select"));
    its.addAll(List.of("and", "or", "not", "if", "while", "elseif", "return", "in"));
    assertThat(all("(?<![.:\\w])(\\w+) ?\\(", linked)).isSubsetOf(its);
  }

  private static String source(LedgerScript<?> move) {
    return LuaScript.load(LedgerScript.class, move.script().name() + ".lua").source();
  }

  private static Stream<String> header(String source, String of) {
    return source
        .lines()
        .filter(line -> line.startsWith("-- " + of + ":"))
        .map(line -> line.substring(line.indexOf(':') + 1));
  }

  private static Set<String> all(String pattern, String in) {
    return Pattern.compile(pattern)
        .matcher(in)
        .results()
        .map(found -> found.group(found.groupCount() > 1 && found.group(1) == null ? 2 : 1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
