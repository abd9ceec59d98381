package io.payonce;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What must not happen to money cannot be written down: the compiler refuses it. */
class CannotBeWrittenTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "platform.send(message)                      | actual and formal argument lists differ",
        "new io.payonce.model.Intent(lease, 0, 0)    | private access",
        "ledger.intent(lease, 0, 0)                  | protected access",
        "new io.payonce.model.Lease(payment, null, null) | not public",
        "ledger.lease(payment, null, null)           | protected access",
        "ledger.settle(payment, settlement)          | cannot be converted",
        "new io.payonce.recovery.FinalUnpaid()           | not public",
        "history.nextGeneration(null)                   | not public"
      })
  void a_send_without_an_intent_a_lease_without_a_claim_and_a_second_id_without_a_proof(
      String what, String why) {
    assertThat(errors("Object any = " + what + ";"))
        .hasSize(1)
        .first()
        .asString()
        .contains(why);
  }

  @Test
  void with_an_intent_it_can() {
    assertThat(errors("Object any = platform.send(intent, message);")).isEmpty();
  }

  private static List<String> errors(String statement) {
    String source = """
        package elsewhere;
        class Snippet {
          void write(
              io.payonce.platform.Platform platform,
              io.payonce.ledger.redis.RedisLedger ledger,
              io.payonce.platform.PlatformRequest message,
              io.payonce.model.Intent intent,
              io.payonce.model.Lease lease,
              io.payonce.model.PaymentRef payment,
              io.payonce.ledger.Settlement settlement,
              io.payonce.recovery.History history) {
            %s
          }
        }
        """.formatted(statement);
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("mem:///Snippet.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    List<String> options = List.of(
        "-proc:none",
        "-d",
        System.getProperty("java.io.tmpdir"),
        "-cp",
        System.getProperty("java.class.path"),
        "-Xlint:none");
    javac.getTask(null, null, found, options, null, List.of(file)).call();
    return found.getDiagnostics().stream()
        .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
        .map(each -> each.getMessage(Locale.ROOT))
        .toList();
  }
}
