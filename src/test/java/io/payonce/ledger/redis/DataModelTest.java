package io.payonce.ledger.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ReadmeSection;
import io.payonce.ledger.BeginResult;
import io.payonce.ledger.CloseResult;
import io.payonce.ledger.LedgerWords;
import io.payonce.model.Ability;
import io.payonce.model.PaymentId;
import io.payonce.validation.TipLocks;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** data-model.md has every key and every field, and says which scripts use and write them. */
class DataModelTest {
  private static final Path DOCUMENT = Path.of("src/site/markdown/data-model.md");
  private static final PaymentId ID = new PaymentId("M1", "id-1");

  /** How scripts call the keys that they are given, by the key's kind. */
  private static final Map<String, List<String>> CALLED = Map.of(
      "payment:", List.of("payment", "page", "original"),
      "ended:", List.of("packed"),
      "order:", List.of("order", "lock"),
      "txn:", List.of("alias", "derivedAlias"),
      "tail:", List.of("tail"),
      "due", List.of("due", "list"),
      "attention", List.of("attention", "list"));

  /** What other scripts begin with. */
  private static final Set<String> PRELUDES = Set.of("packed", "common");

  private static final Pattern WRITE = Pattern.compile(
      "'(HSET|HSETNX|HINCRBY)', (payment|page|original),((?:[^()']|'[^']*'|\\((?:[^()]|\\([^()]*\\))*\\))*)\\)");
  private static final Pattern ADDED = Pattern.compile("add\\(more, '([a-z]+)'");
  private static final Pattern FIELD = Pattern.compile("(?<![\\w'.(])'([a-z]+)'(?=,)");

  private static Map<String, String> scripts() {
    try (Stream<Path> all = Files.walk(Path.of("src/main/resources"))) {
      Map<String, String> scripts = new TreeMap<>();
      for (Path path : all.filter(each -> each.toString().endsWith(".lua")).toList()) {
        String text = Files.readString(path);
        String name = path.getFileName().toString().replace(".lua", "");
        if (LedgerScript.class.getResource(name + ".lua") != null
            && text.equals(io.payonce.redis.LuaScript.load(LedgerScript.class, name + ".lua")
                .source())) {
          scripts.put(name, text);
        }
      }
      return scripts;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<String> section(String name) throws IOException {
    String text = Files.readString(DOCUMENT);
    String begin = "<!-- " + name + " -->\n";
    int from = text.indexOf(begin) + begin.length();
    return text.substring(from, text.indexOf("<!-- /" + name + " -->")).lines().toList();
  }

  /** The section with its last column made anew from what stands in the first. */
  private static void lastColumnSays(String name, Function<String, String> made)
      throws IOException {
    List<String> lines = new ArrayList<>(section(name));
    for (int i = 2; i < lines.size(); i++) {
      String row = lines.get(i).replaceAll("\\|[^|]*\\|$", "|");
      String last = made.apply(first(row));
      lines.set(i, row + (last.isEmpty() ? " |" : " " + last + " |"));
    }
    new ReadmeSection(DOCUMENT, name).says(String.join("\n", lines) + "\n");
  }

  private static String first(String row) {
    return row.split("`")[1];
  }

  private static List<String> firsts(String name) throws IOException {
    return section(name).stream().skip(2).map(DataModelTest::first).toList();
  }

  // keys

  private static String kind(String key) {
    String tail = key.substring(key.indexOf("}:") + 2);
    return CALLED.keySet().stream()
        .filter(kind -> kind.equals("txn:") || kind.equals("tail:"))
        .filter(tail::contains)
        .findFirst()
        .orElse(tail.replaceAll(":<.*", ":"));
  }

  private static String users(String key) {
    List<String> names = CALLED.getOrDefault(kind(key), List.of(kind(key).replace(":", "")));
    return scripts().entrySet().stream()
        .filter(each -> keysOf(each.getValue()).anyMatch(names::contains))
        .map(each -> '`' + each.getKey() + '`')
        .collect(Collectors.joining(" "));
  }

  private static Stream<String> keysOf(String script) {
    return script
        .lines()
        .filter(line -> line.startsWith("-- KEYS:"))
        .flatMap(line -> Stream.of(line.substring("-- KEYS:".length()).strip().split(" ")));
  }

  @Test
  void every_key_has_its_row_and_every_row_its_key() throws Exception {
    List<Pattern> rows = firsts("keys").stream().map(DataModelTest::matching).toList();
    List<String> keys = new ArrayList<>();
    for (Method method : LedgerKeys.class.getDeclaredMethods()) {
      if (method.getReturnType() == String.class && !Modifier.isPrivate(method.getModifiers())) {
        keys.add((String) method.invoke(LedgerKeys.of(ID), arguments(method)));
      }
    }
    keys.add(LedgerKeys.of(ID).order(TipLocks.tail(TipLocks.lock("req:id-1"))));
    keys.add(LedgerKeys.of(ID).archive() + ":0"); // scripts make them
    assertThat(keys)
        .allMatch(key -> rows.stream().anyMatch(row -> row.matcher(key).matches()));
    assertThat(rows)
        .allMatch(row -> keys.stream().anyMatch(key -> row.matcher(key).matches()));
    lastColumnSays("keys", DataModelTest::users);
  }

  private static Object[] arguments(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(type -> type == int.class ? (Object) 7 : "name")
        .toArray();
  }

  private static Pattern matching(String row) {
    String text = Pattern.quote(row)
        .replace("{sN}", "\\E\\{s\\d+}\\Q")
        .replaceAll("<[^>]+>", "\\\\E[^:]+\\\\Q");
    return Pattern.compile(
        text.contains("/") && !row.contains("txn:") && !row.contains("tail:")
            ? text.replaceAll("\\[\\^:]\\+\\\\Q\\\\E$", "[^:]+")
            : text.replace("tail:\\E[^:]+", "tail:\\E.+"));
  }

  @Test
  void keys_outside_of_the_shards_are_spelled_so() throws IOException {
    String program;
    try (Stream<Path> all = Files.walk(Path.of("src/main/java"))) {
      StringBuilder text = new StringBuilder();
      for (Path path : all.filter(each -> each.toString().endsWith(".java")).toList()) {
        text.append(Files.readString(path));
      }
      program = text.toString();
    }
    Set<String> spelled = Pattern.compile("\"(payonce(?:-prefixes|:\\{[a-z]+}:[a-z:]*))\"")
        .matcher(program)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
    spelled.removeIf(key -> key.endsWith(":dryrun"));
    Set<String> described = Files.readAllLines(DOCUMENT).stream()
        .filter(line -> line.matches("\\| `payonce(:\\{(limits|vault)}|-).*"))
        .map(line -> first(line).replaceAll("<.*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
    assertThat(described).isEqualTo(spelled);
  }

  // fields

  /** Each field of a record with the scripts that write it. */
  private static Map<String, Set<String>> writers() {
    Map<String, Set<String>> writers = new TreeMap<>();
    scripts()
        .forEach((name, text) -> WRITE.matcher(text).results().forEach(write -> {
          String rest = write.group(1).equals("HSET") ? write.group(3) : write.group(3) + ",";
          FIELD
              .matcher(rest)
              .results()
              .map(found -> found.group(1))
              .forEach(field -> writers
                  .computeIfAbsent(field, first -> new TreeSet<>())
                  .add(PRELUDES.contains(name) ? owner(text, write.start()) : name));
        }));
    scripts()
        .forEach((name, text) -> ADDED
            .matcher(text)
            .results()
            .forEach(found -> writers
                .computeIfAbsent(found.group(1), first -> new TreeSet<>())
                .add(name)));
    return writers;
  }

  /** What is in common.lua is written by whoever calls that function. */
  private static String owner(String common, int at) {
    String before = common.substring(0, at);
    String function = before.substring(
            before.lastIndexOf("local function ") + "local function ".length())
        .split("\\(")[0];
    return scripts().entrySet().stream()
        .filter(each -> !PRELUDES.contains(each.getKey()))
        .filter(each -> each.getValue().matches("(?s).*\\b" + function + "\\(.*"))
        .map(Map.Entry::getKey)
        .sorted()
        .collect(Collectors.joining(" "));
  }

  @Test
  void every_field_has_its_row_and_every_row_its_field() throws IOException {
    Map<String, Set<String>> writers = writers();
    assertThat(firsts("fields")).containsExactlyInAnyOrderElementsOf(writers.keySet());
    lastColumnSays(
        "fields",
        field -> writers.get(field).stream()
            .flatMap(names -> Stream.of(names.split(" ")))
            .distinct()
            .sorted()
            .map(name -> '`' + name + '`')
            .collect(Collectors.joining(" ")));
  }

  @Test
  void every_ability_and_every_mark_is_described() throws IOException {
    List<String> lines = Files.readAllLines(DOCUMENT);
    assertThat(lines).allSatisfy(line -> assertThat(line).doesNotContain("\t"));
    for (Ability ability : Ability.values()) {
      assertThat(lines).anyMatch(line -> line.startsWith("| `" + ability.word() + "` |"));
    }
    List<String> marks = lines.stream()
        .filter(line -> line.matches("\\| `[a-z]` \\| (the|one) .*"))
        .map(DataModelTest::first)
        .toList();
    String all = String.join("", marks);
    assertThat(io.payonce.recovery.History.decode("1.1.1." + all).encode())
        .isEqualTo("1.1.1." + all);
    assertThat(all).hasSize(7);
  }

  @Test
  void a_real_record_has_no_other_fields() throws IOException {
    List<String> described = firsts("fields");
    try (TestRedis redis = new TestRedis()) {
      RedisLedger ledger = redis.ledger(
          LedgerWords.settings(60_000, 60_000, 60_000, true), ability -> ability != Ability.PACKED);
      String key = LedgerKeys.of(ID).payment();
      BeginResult.Begun begun = LedgerWords.begun(ledger, LedgerWords.sale(ID, "order-1"));
      assertThat(fields(redis, key)).isNotEmpty().isSubsetOf(described);
      Future<CloseResult> settled =
          ledger.settle(begun.intent().lease(), LedgerWords.paid("transaction-1"));
      LedgerWords.await(settled);
      assertThat(fields(redis, key))
          .isSubsetOf(described)
          .contains("st", "out", "ans")
          .doesNotContain("f", "b", "body", "pa");
    }
  }

  private static List<String> fields(TestRedis redis, String key) {
    return redis.run(Command.HKEYS, key).stream().map(Object::toString).toList();
  }
}
