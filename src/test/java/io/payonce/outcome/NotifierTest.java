package io.payonce.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.Overheard;
import io.payonce.ledger.Outcome;
import io.payonce.model.Account;
import io.payonce.model.PaymentId;
import io.payonce.outcome.Hooks.HookAnswer;
import io.payonce.outcome.NotificationFigures.Result;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent when, and what comes of each answer. */
class NotifierTest {
  private static final String URL = "https://hooks.example.com/a";
  private static final long GIVE_UP = 259_200_000;
  private final PaymentId id = new PaymentId("M1", "id-1");
  private final FakeOutbox outbox = new FakeOutbox();
  private final NotificationFigures figures = new NotificationFigures();
  private final List<String> sent = new ArrayList<>();
  private Function<HookUrl, Future<HookAnswer>> hook = url -> answer(200);

  private final Notifier notifier = new Notifier(
      outbox,
      (url, notice, body) -> {
        String text = new String(body, StandardCharsets.UTF_8);
        sent.add(notice.uuid() + " " + text.replaceAll(".*transactionStatus\":\"(.).*", "$1"));
        return hook.apply(url);
      },
      new NotificationSettings(
          new NotifyUrlGuard(List.of("hooks.example.com", "*.slow.example")),
          any -> new byte[0],
          GIVE_UP),
      figures,
      () -> outbox.now,
      () -> 0.5);

  @Test
  void what_another_accounts_secret_is_to_sign_waits_for_a_pod_that_has_it() {
    outbox.account = null;
    outbox.put(id, URL, Outcome.PAID);
    deliver();
    assertThat(sent).isEmpty();
    outbox.account = Account.DEFAULT;
    outbox.now += Notifier.LEASE_MILLIS;
    deliver();
    assertThat(sent).containsExactly("M1/id-1#1 S");
  }

  @Test
  void what_no_pod_can_sign_is_given_up_in_the_end_and_a_pod_that_can_comes_first() {
    outbox.account = null;
    outbox.put(id, URL, Outcome.PAID);
    long began = outbox.now;
    while (outbox.now - began < GIVE_UP) {
      deliver();
      assertThat(outbox.givenUp).isEmpty();
      outbox.now += Math.max(Notifier.LEASE_MILLIS, GIVE_UP / 100);
    }
    deliver();
    assertThat(outbox.givenUp).as("a lease for who has the secret").isEmpty();
    outbox.now += Notifier.LEASE_MILLIS;
    deliverAloud();
    assertThat(outbox.givenUp).containsExactly("M1/id-1#1 NO_ACCOUNT");
    assertThat(figures.of(Result.GIVEN_UP)).isEqualTo(1);
  }

  @Test
  void all_of_a_payment_is_notified_in_order_and_each_once() {
    outbox.put(id, URL, Outcome.UNPAID);
    outbox.put(id, URL, Outcome.PAID);
    deliver();
    deliver();
    assertThat(sent).containsExactly("M1/id-1#1 F", "M1/id-1#2 S");
    assertThat(outbox.isEmpty()).isTrue();
    assertThat(figures.of(Result.DELIVERED)).isEqualTo(2);
    assertThat(outbox.lines).containsOnly("notification taken by hooks.example.com");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {100, 201, 202, 204, 206, 301, 302, 307, 308, 400, 401, 404, 410, 429, 500, 503})
  void exactly_200_counts(int status) {
    hook = url -> answer(status);
    outbox.put(id, URL, Outcome.PAID);
    outbox.put(id, URL, Outcome.PAID);
    deliver();
    assertThat(sent).as("the second never before the first").hasSize(1);
    assertThat(outbox.dueIn(id)).isBetween(1000L, 2000L);
    assertThat(figures.of(Result.FAILED)).isEqualTo(1);

    hook = url -> answer(200);
    outbox.now += 2000;
    deliver();
    assertThat(sent).containsExactly("M1/id-1#1 S", "M1/id-1#1 S", "M1/id-1#2 S");
  }

  @ParameterizedTest
  @EnumSource(HookFailure.class)
  void silence_is_a_failure_however_it_came(HookFailure why) {
    hook = url -> Future.succeededFuture(HookAnswer.failed(why, 5));
    outbox.put(id, URL, Outcome.PAID);
    deliver();
    assertThat(outbox.isEmpty()).isFalse();
    assertThat(figures.of(why == HookFailure.NOT_ALLOWED ? Result.REFUSED : Result.FAILED))
        .isEqualTo(1);
  }

  @Test
  void what_fails_for_days_is_given_up_then_and_not_before_and_the_next_is_tried() {
    hook = url -> answer(404);
    outbox.put(id, URL, Outcome.UNPAID);
    outbox.put(id, URL, Outcome.PAID);
    long began = outbox.now;
    int tries = 0;
    while (outbox.givenUp.isEmpty()) {
      outbox.now += Math.max(0, outbox.dueIn(id));
      deliverAloud();
      tries++;
    }
    assertThat(outbox.now - began).isBetween(GIVE_UP, GIVE_UP + 3_600_000);
    assertThat(tries).isBetween(70, 250);
    assertThat(outbox.givenUp.get(0)).isEqualTo("M1/id-1#1 HTTP 404");
    assertThat(sent.get(sent.size() - 1)).as("at once").isEqualTo("M1/id-1#2 S");
    assertThat(figures.of(Result.GIVEN_UP)).isEqualTo(outbox.givenUp.size());
  }

  @Test
  void what_no_pod_could_try_in_time_is_tried_once_all_the_same() {
    outbox.put(id, URL, Outcome.PAID);
    outbox.now += 10 * GIVE_UP;
    deliver();
    assertThat(sent).hasSize(1);
    assertThat(outbox.isEmpty()).isTrue();
  }

  @Test
  void nothing_goes_where_it_may_not_go_any_more() {
    outbox.put(id, "https://evil.example/", Outcome.PAID);
    deliver();
    outbox.put(id.other("id-2"), null, Outcome.PAID);
    notifier.deliver(id.other("id-2"));
    assertThat(sent).isEmpty();
    assertThat(outbox.isEmpty()).isFalse();
    assertThat(figures.of(Result.REFUSED)).isEqualTo(1);
  }

  @Test
  void a_slow_host_holds_up_no_other() {
    hook = url ->
        url.host().endsWith("slow.example") ? Promise.<HookAnswer>promise().future() : answer(200);
    for (int i = 0; i < 500; i++) {
      PaymentId each = id.other("slow-" + i);
      outbox.put(each, "https://a" + i % 20 + ".slow.example/", Outcome.PAID);
      notifier.deliver(each);
    }
    assertThat(notifier.inFlight()).isLessThan(HookLoad.MOST);
    outbox.put(id, URL, Outcome.PAID);
    deliver();
    assertThat(sent.get(sent.size() - 1)).isEqualTo("M1/id-1#1 S");
    assertThat(figures.of(Result.FAILED))
        .as("who waits for a place has not failed")
        .isZero();
  }

  @Test
  void a_host_that_is_down_is_spared_and_what_waits_for_it_counts_no_tries() {
    hook = url -> answer(503);
    for (int i = 0; i < 100; i++) {
      PaymentId each = id.other("id-" + i);
      outbox.put(each, URL, Outcome.PAID);
      notifier.deliver(each);
    }
    assertThat(sent).hasSize(HookLoad.DOWN);
    assertThat(figures.of(Result.FAILED)).isEqualTo(HookLoad.DOWN);
    assertThat(outbox.dueIn(id.other("id-99"))).isPositive();
  }

  @Test
  void a_path_that_fails_says_nothing_of_its_host() {
    hook = url -> answer(404);
    for (int i = 0; i < 20; i++) {
      PaymentId each = id.other("id-" + i);
      outbox.put(each, URL, Outcome.PAID);
      notifier.deliver(each);
    }
    assertThat(sent).hasSize(20);
  }

  @Test
  void what_waited_for_a_dead_host_all_its_time_is_given_up_too() {
    hook = url -> Future.succeededFuture(HookAnswer.failed(HookFailure.REFUSED, 5));
    for (int i = 0; i < HookLoad.DOWN; i++) {
      PaymentId each = id.other("id-" + i);
      outbox.put(each, URL, Outcome.PAID);
      notifier.deliver(each);
    }
    PaymentId first = id.other("id-0");
    outbox.now += GIVE_UP;
    try (Overheard logs = Overheard.listen()) {
      notifier.deliver(id.other("id-1"));
      notifier.deliver(first);
      assertThat(logs.warnings()).hasSizeLessThan(2);
    }
    assertThat(outbox.givenUp).contains("M1/id-0#1 REFUSED");
  }

  @Test
  void of_a_host_it_is_said_once_that_notifications_are_given_up() {
    hook = url -> answer(404);
    try (Overheard logs = Overheard.listen()) {
      for (int i = 0; i < 10; i++) {
        PaymentId each = id.other("id-" + i);
        outbox.put(each, URL + "?key=secret", Outcome.PAID);
      }
      outbox.now += GIVE_UP;
      for (int i = 0; i < 10; i++) {
        notifier.deliver(id.other("id-" + i));
      }
      assertThat(logs.warnings())
          .singleElement()
          .satisfies(line ->
              assertThat(line).contains("hooks.example.com", "HTTP 404").doesNotContain("secret"));
    }
    assertThat(figures.of(Result.GIVEN_UP)).isEqualTo(10);
  }

  @Test
  void what_was_delivered_while_the_ledger_was_unavailable_is_delivered_again() {
    hook = url -> {
      outbox.away = true;
      return answer(200);
    };
    outbox.put(id, URL, Outcome.PAID);
    assertThat(notifier.deliver(id).failed()).isTrue();
    outbox.away = false;
    hook = url -> answer(200);
    outbox.now += Notifier.LEASE_MILLIS;
    deliver();
    assertThat(sent).containsExactly("M1/id-1#1 S", "M1/id-1#1 S");
    assertThat(outbox.isEmpty()).isTrue();
  }

  /**
   * Another pod may have delivered it since, and a later one after it: the old one must not be the
   * last.
   */
  @Test
  void what_was_claimed_too_long_ago_is_left_to_whoever_claims_it_next() {
    outbox.put(id, URL, Outcome.UNPAID);
    outbox.claimTakes = Notifier.LEASE_MILLIS;
    deliver();
    assertThat(sent).isEmpty();
    outbox.claimTakes = 100;
    deliver();
    assertThat(sent).containsExactly("M1/id-1#1 F");
  }

  /** What it warns of is what is looked at elsewhere. */
  private void deliverAloud() {
    try (Overheard logs = Overheard.listen()) {
      deliver();
      assertThat(logs.warnings()).hasSizeLessThan(2);
    }
  }

  private void deliver() {
    assertThat(notifier.deliver(id).succeeded()).isTrue();
  }

  private static Future<HookAnswer> answer(int status) {
    return Future.succeededFuture(HookAnswer.answered(status, 5));
  }
}
