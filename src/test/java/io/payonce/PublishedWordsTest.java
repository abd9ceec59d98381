package io.payonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.codes.Report;
import io.payonce.flow.port.CallOutcome;
import io.payonce.flow.port.Outbound;
import io.payonce.flow.port.StepFault;
import io.payonce.flow.port.WebhookResult;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.maintenance.Audit;
import io.payonce.ledger.maintenance.RedisDurability.Worry;
import io.payonce.model.Operation;
import io.payonce.model.Scope;
import io.payonce.model.TimelineEvent;
import io.payonce.outcome.HookFailure;
import io.payonce.outcome.NotificationFigures;
import io.payonce.recovery.Action;
import io.payonce.recovery.Resolution;
import io.payonce.redis.failure.RedisFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Words that dashboards, alerts, traces and records go by. Whoever renames a constant or a class
 * leaves them as they are; whoever must change a word here breaks what others have built on it.
 */
class PublishedWordsTest {
  private static <E> List<String> words(E[] values, Function<E, String> word) {
    return Arrays.stream(values).map(word).toList();
  }

  @Test
  void what_callers_are_answered_in_metrics_and_on_the_page() {
    assertThat(words(CallOutcome.values(), CallOutcome::word))
        .containsExactly(
            ("paid open pending unpaid refused released invalid forbidden conflict order-taken order-paid"
                    + " original-unsettled original-unpaid original-elsewhere broken full slowed spent crowded away"
                    + " silent bug query passed late")
                .split(" "));
  }

  @Test
  void every_outcome_is_in_one_group_of_the_chart() {
    assertThat(words(CallOutcome.Group.values(), CallOutcome.Group::word))
        .containsExactly("paid waiting unpaid turned-away held-back fault read".split(" "));
    assertThat(Arrays.stream(CallOutcome.Group.values()).flatMap(group -> group.members().stream()))
        .containsExactlyInAnyOrder(CallOutcome.values());
    assertThat(CallOutcome.Group.HELD_BACK.members())
        .contains(CallOutcome.BROKEN, CallOutcome.CROWDED);
  }

  @Test
  void what_comes_of_a_notification_of_the_platforms() {
    assertThat(words(WebhookResult.values(), WebhookResult::label))
        .containsExactly(
            "settled confirmed repeated unknown forged stale malformed unavailable".split(" "));
  }

  @Test
  void what_comes_of_a_notification_to_a_caller() {
    assertThat(words(NotificationFigures.Result.values(), NotificationFigures.Result::label))
        .containsExactly("delivered", "failed", "given_up", "refused");
    assertThat(words(HookFailure.values(), HookFailure::name))
        .containsExactly(
            "NOT_ALLOWED UNREADABLE NO_ACCOUNT DNS CONNECT_TIMEOUT REFUSED TLS TIMEOUT CLOSED NO_HTTP"
                .split(" "));
  }

  @Test
  void how_payments_end_in_records_and_in_the_api() {
    assertThat(words(Outcome.values(), Outcome::word))
        .containsExactly("PAID UNPAID REFUSED RELEASED".split(" "));
  }

  @Test
  void what_is_learnt_in_stored_timelines() {
    assertThat(words(Report.values(), Report::toString))
        .containsExactly(
            ("PAID OTHER_AMOUNT DONE DECLINED FAILED CLOSED INITIAL PROCESSING REFUSED BUSY MENDED"
                    + " REFUSED_FOR_NOW ARRIVED ALREADY_PAID NOT_FOUND FOREIGN UNSENT UNKNOWN")
                .split(" "));
  }

  @Test
  void steps_repairs_and_faults() {
    assertThat(words(Action.values(), Action::label))
        .containsExactly(
            "settle_paid settle_unpaid settle_refused release confirm resend reissue wait"
                .split(" "));
    assertThat(words(Audit.Repair.values(), Audit.Repair::label))
        .containsExactly(
            ("no-due-time far-due-time order-untaken order-left expiry order-without-payment"
                    + " order-contested broken-record")
                .split(" "));
    assertThat(words(StepFault.values(), StepFault::word))
        .containsExactly("ledger_away", "unreadable_record", "bug");
  }

  @Test
  void what_response_headers_and_settings_say() {
    assertThat(words(Outbound.Source.values(), Outbound.Source::word))
        .containsExactly("platform", "ledger", "proxy");
    assertThat(words(Outbound.Sent.values(), Outbound.Sent::word))
        .containsExactly("yes", "no", "not-by-this-call", "unknown");
    assertThat(words(Scope.values(), Scope::word)).containsExactly("merchant", "app");
    assertThat(words(Resolution.Verdict.values(), Resolution.Verdict::toString))
        .containsExactly("paid", "unpaid");
  }

  @Test
  void kinds_and_fields_of_timelines() {
    assertThat(words(TimelineEvent.Kind.values(), kind -> TimelineEvent.of(kind).encode()))
        .containsExactly(
            "\tbegun", "\theard", "\tsilent", "\tunsent", "\tdue", "\tperson", "\ttext");
    assertThat(words(
            TimelineEvent.Field.values(),
            field -> TimelineEvent.of(TimelineEvent.Kind.DUE).with(field, "x").encode()))
        .containsExactly(Stream.of(
                "by code status is amounts why sent client terminal transaction trace says rule note"
                    .split(" "))
            .map(word -> "\tdue\t" + word + "=x")
            .toArray(String[]::new));
  }

  @Test
  void what_is_wrong_with_redis() {
    assertThat(words(Worry.values(), Worry::toString))
        .containsExactly(
            ("EVICTS EVICTED REPLICA WRITES_FAIL NEARLY_FULL FEW_REPLICAS NO_APPEND_ONLY UNCHECKED")
                .split(" "));
    assertThat(RedisFailure.labels())
        .contains("NOT_CONNECTED", "OVERLOADED", "NOT_REPLICATED", "TIMEOUT", "LOST")
        .contains("OOM", "NOPERM", "READONLY", "MISCONF", "NOREPLICAS", "ERR");
  }

  @Test
  void what_is_grave_is_what_pages() throws IOException {
    String rules = Files.readString(Path.of("k8s/monitoring/alerts.yaml"));
    String grave = Arrays.stream(Worry.values())
        .filter(Worry::isGrave)
        .map(Worry::toString)
        .sorted()
        .collect(Collectors.joining("|"));
    assertThat(worries(rules, "=~")).as("paged for").isEqualTo(grave);
    assertThat(worries(rules, "!~")).as("all but these are for a ticket").isEqualTo(grave);
  }

  private static String worries(String rules, String compared) {
    return Pattern.compile("worry" + compared + "\"([A-Z_|]+)\"")
        .matcher(rules)
        .results()
        .flatMap(found -> Arrays.stream(found.group(1).split("\\|")))
        .sorted()
        .collect(Collectors.joining("|"));
  }

  @Test
  void operations() {
    assertThat(Operation.known().stream().map(Operation::label))
        .allMatch(label -> label.matches("[a-z-]+"));
  }
}
