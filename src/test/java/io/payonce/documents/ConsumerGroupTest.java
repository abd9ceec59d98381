package io.payonce.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.payonce.ledger.journal.Journals;
import io.payonce.redis.RawRedis;
import io.payonce.sandbox.EmbeddedRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The consumer group of outcomes.md works as it stands there, with the rights that it names. */
class ConsumerGroupTest {
  private static final String PAGE =
      String.join("\n", Sources.site("outcomes.md").lines());
  private static final Pattern ACL = Pattern.compile("`(ACL SETUSER finance [^`]+)`");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
  private static final String STREAM = "payonce:{s17}:outcomes";

  private static EmbeddedRedis redis;

  @BeforeAll
  static void open() {
    redis = EmbeddedRedis.start(EmbeddedRedis.Options.defaults());
  }

  @AfterAll
  static void close() {
    redis.close();
  }

  private static Object[] words(String command) {
    List<Object> words = new ArrayList<>();
    Matcher word = WORD.matcher(command);
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    return words.toArray();
  }

  /** The commands of the example, in their order. */
  private static List<String> commands() {
    return PAGE.lines()
        .filter(line -> line.startsWith("redis-cli "))
        .map(line -> line.substring("redis-cli ".length()))
        .toList();
  }

  private static void write(String id) {
    List<Object> add = new ArrayList<>(List.of("XADD", STREAM, id));
    Journals.sale("M1", "r1").forEach((name, value) -> add.addAll(List.of(name, value)));
    RawRedis.ask(redis.port(), add.toArray());
  }

  @Test
  void each_entry_is_handed_out_and_acknowledged() {
    Matcher acl = ACL.matcher(PAGE);
    assertThat(acl.find()).isTrue();
    RawRedis.ask(redis.port(), words(acl.group(1)));
    write("1795428000123-0");
    try (RawRedis finance = new RawRedis(redis.port())) {
      finance.call("AUTH", "finance", "PASSWORD");
      List<String> commands = commands();
      assertThat(commands).hasSize(4);
      assertThat(finance.call(words(commands.get(0)))).isEqualTo("OK");
      assertThat(finance.call(words(commands.get(1))).toString())
          .contains("1795428000123-0", "settled", "M1/r1");
      assertThat(finance.call(words(commands.get(3))).toString())
          .as("too young to be taken from another")
          .doesNotContain("settled");
      assertThat(finance.call(words(commands.get(2)))).isEqualTo(1L);
      assertThatThrownBy(() -> finance.call("XTRIM", STREAM, "MAXLEN", "0"))
          .hasMessageContaining("NOPERM");
      assertThatThrownBy(() -> finance.call("XGROUP", "CREATE", "payonce:x", "g", "0", "MKSTREAM"))
          .hasMessageContaining("NOPERM");
    }
  }

  @Test
  void the_event_on_the_page_has_the_members_of_the_table() {
    String example =
        PAGE.lines().filter(line -> line.startsWith("{\"version\"")).findFirst().orElseThrow();
    List<String> members = Pattern.compile("\"(\\w+)\":")
        .matcher(example)
        .results()
        .map(found -> found.group(1))
        .toList();
    List<String> rows = Sources.site("outcomes.md").under("The event").stream()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split("\\|")[1])
        .flatMap(cell -> Pattern.compile("`(\\w+)`").matcher(cell).results())
        .map(found -> found.group(1))
        .toList();
    assertThat(rows).containsAll(members);
  }
}
