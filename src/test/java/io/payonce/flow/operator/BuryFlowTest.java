package io.payonce.flow.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.QuestionsOnly;
import io.payonce.flow.Shop;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.OutcomeSignal;
import io.payonce.ledger.BrokenRecord;
import io.payonce.ledger.FakeLedgerAdmin;
import io.payonce.ledger.LedgerAdmin;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.PlatformOfRecord;
import io.payonce.model.Account;
import io.payonce.model.Amount;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.PaymentRef;
import io.payonce.model.Reply;
import io.payonce.model.Scope;
import io.payonce.model.TransactionStatus;
import io.payonce.platform.Platform;
import io.payonce.platform.PlatformRequest;
import io.payonce.recovery.PlatformId;
import io.payonce.recovery.Resolution.Verdict;
import io.payonce.recovery.Window;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An operator ends what no program can read, once the platform has spoken of all its ids. */
class BuryFlowTest {
  private static final PaymentId ID = new PaymentId("M1", "id-1");
  private static final Map<String, Account> US = Map.of("us", Account.DEFAULT);
  private static final PlatformOfRecord OURS = new PlatformOfRecord(US, Set.of("us"));
  private static final long NOW = 1_800_000_000_000L;

  private final List<String> asked = new ArrayList<>();
  private final List<String> buried = new ArrayList<>();
  private final Map<String, Answer> known = new HashMap<>();
  private boolean silent;
  private boolean mixed;
  private String moved;
  private String platformNamed;
  private PaymentId id = ID;
  private BrokenRecord wreck = gone("order-1", NOW - Window.MILLIS);

  private static BrokenRecord of(BrokenRecord wreck, PlatformOfRecord whose) {
    return new BrokenRecord(
        wreck.ref(),
        wreck.gone(),
        wreck.operation(),
        wreck.amount(),
        wreck.state(),
        wreck.sends(),
        whose);
  }

  private BrokenRecord gone(String order, long noticedAt) {
    return new BrokenRecord(
        new PaymentRef(id, order, null),
        true,
        null,
        Amount.UNSAID,
        new BrokenRecord.State("", "", null, null),
        new BrokenRecord.Sends(1, noticedAt, NOW),
        OURS);
  }

  private BrokenRecord unreadable(Outcome outcome, String stranger, int attempts) {
    return new BrokenRecord(
        new PaymentRef(id, "order-1", "print"),
        false,
        Operation.SALE,
        Amount.UNSAID,
        new BrokenRecord.State("SENDING", "-", outcome, moved),
        new BrokenRecord.Sends(attempts, NOW - Window.MILLIS, NOW),
        stranger == null ? OURS : new PlatformOfRecord(US, Set.of(stranger)));
  }

  private Resolved say(Verdict word, boolean forced, String order, String appId) {
    ResolveRequest request = new ResolveRequest(
        id,
        new ResolveRequest.Decision(word, forced, "by phone", "anna", "trace-1"),
        new ResolveRequest.Hints(order, appId, platformNamed));
    return new BuryFlow(admin, Accounts.only(platform, null), outcomes, Shop.SETTINGS)
        .resolve(request)
        .result();
  }

  private String refusal(Verdict word, boolean forced) {
    return ((Resolved.Refused) say(word, forced, null, "a")).because();
  }

  @Test
  void an_order_whose_record_is_gone_is_freed_when_all_ids_are_unknown() {
    assertThat(say(Verdict.UNPAID, true, null, "a")).isInstanceOf(Resolved.Done.class);
    assertThat(asked)
        .startsWith("id-1", PlatformId.of(ID, 2), PlatformId.of(ID, 3))
        .hasSizeGreaterThan(3);
    assertThat(buried).containsExactly("UNPAID order-1 null false");
  }

  @Test
  void what_was_sent_under_more_ids_is_asked_about_under_all_of_them() {
    wreck = unreadable(null, null, 9);
    say(Verdict.UNPAID, true, null, "a");
    assertThat(asked).hasSize(9).contains(PlatformId.of(ID, 9));
  }

  @Test
  void paid_under_an_id_of_ours_is_paid_whatever_the_operator_says() {
    String reissued = PlatformId.of(ID, 3);
    known.put(reissued, spoken(reissued, TransactionStatus.SUCCESS));
    Resolved resolved = say(Verdict.UNPAID, true, null, "a");
    assertThat(resolved).isInstanceOf(Resolved.Refused.class);
    assertThat(((Resolved.Refused) resolved).outcome()).isEqualTo(Outcome.PAID);
    assertThat(buried).containsExactly("PAID order-1 " + reissued + " true");
  }

  @Test
  void silence_of_the_platform_ends_nothing() {
    silent = true;
    assertThat(refusal(Verdict.UNPAID, true)).contains("every id");
    assertThat(buried).isEmpty();
  }

  @Test
  void nothing_is_freed_without_force_too_early_or_without_names() {
    assertThat(refusal(Verdict.UNPAID, false)).contains("force");
    wreck = gone("order-1", NOW - Window.MILLIS + 1);
    Resolved.Refused early = (Resolved.Refused) say(Verdict.UNPAID, true, null, "a");
    assertThat(early.retryAtMillis()).isEqualTo(NOW + 1);
    wreck = gone(null, NOW - Window.MILLIS);
    assertThat(refusal(Verdict.UNPAID, true)).contains("\"order\"");
    assertThat(((Resolved.Refused) say(Verdict.UNPAID, true, "order-1", null)).because())
        .contains("\"appId\"");
    assertThat(buried).isEmpty();
    assertThat(say(Verdict.UNPAID, true, "order-1", "a")).isInstanceOf(Resolved.Done.class);
  }

  @Test
  void what_another_platform_was_sent_and_what_old_pods_cannot_read_stays() {
    wreck = unreadable(null, "other.example", 1);
    assertThat(refusal(Verdict.UNPAID, true))
        .contains("another platform was sent it: other.example");
    platformNamed = "us";
    assertThat(refusal(Verdict.UNPAID, true))
        .as("the record knows better")
        .contains("other.example");
    platformNamed = null;
    wreck = unreadable(null, null, 1);
    mixed = true;
    assertThat(refusal(Verdict.UNPAID, true)).contains("earlier version");
    assertThat(asked).isEmpty();
    assertThat(buried).isEmpty();
  }

  @Test
  void what_had_ended_keeps_its_outcome_and_asks_no_platform() {
    wreck = unreadable(Outcome.PAID, null, 1);
    assertThat(refusal(Verdict.UNPAID, true)).contains("what was answered stands");
    assertThat(say(Verdict.PAID, false, null, null)).isInstanceOf(Resolved.Done.class);
    assertThat(asked).isEmpty();
    assertThat(buried).containsExactly("PAID order-1 null true");
  }

  @Test
  void the_ids_of_an_application_are_its_own() {
    id = new PaymentId(Scope.APP.owner("M1", "a"), "id-1");
    wreck = gone("order-1", NOW - Window.MILLIS);
    String reissued = PlatformId.of(id, 2);
    known.put(reissued, spoken(reissued, TransactionStatus.SUCCESS));
    Resolved resolved = say(Verdict.UNPAID, true, null, null);
    assertThat(((Resolved.Refused) resolved).outcome()).isEqualTo(Outcome.PAID);
    assertThat(buried).containsExactly("PAID order-1 " + reissued + " true");
  }

  @Test
  void what_names_no_platform_is_ended_only_where_there_is_one_or_an_operator_names_it() {
    for (Set<String> maybe : List.of(Set.of("us", "them"), Set.<String>of())) {
      wreck = of(gone("order-1", NOW - Window.MILLIS), new PlatformOfRecord(US, maybe));
      platformNamed = null;
      assertThat(refusal(Verdict.UNPAID, true)).contains("us", "\"platform\"");
      platformNamed = "them";
      assertThat(refusal(Verdict.UNPAID, true)).contains("another platform");
    }
    assertThat(asked).isEmpty();
    assertThat(buried).isEmpty();
    platformNamed = "us";
    assertThat(say(Verdict.UNPAID, true, null, "a")).isInstanceOf(Resolved.Done.class);
  }

  @Test
  void what_had_ended_is_no_more_anybodys_to_end() {
    wreck = unreadable(Outcome.UNPAID, "other.example", 1);
    assertThat(refusal(Verdict.UNPAID, true)).contains("other.example");
    wreck = unreadable(Outcome.UNPAID, null, 1);
    mixed = true;
    assertThat(refusal(Verdict.UNPAID, true)).contains("earlier version");
    assertThat(buried).isEmpty();
  }

  @Test
  void what_was_given_back_and_moved_another_amount_is_no_unpaid_without_force() {
    moved = "200/USD";
    wreck = unreadable(Outcome.RELEASED, null, 1);
    assertThat(refusal(Verdict.UNPAID, false)).contains("200/USD", "force");
    assertThat(buried).isEmpty();
    assertThat(say(Verdict.UNPAID, true, null, null)).isInstanceOf(Resolved.Done.class);
    assertThat(say(Verdict.PAID, false, null, null)).isInstanceOf(Resolved.Done.class);
    assertThat(buried).containsExactly("RELEASED order-1 null false", "PAID order-1 null true");
  }

  private static Answer spoken(String id, TransactionStatus status) {
    String code = status == null ? "C12" : "0";
    return new Answer.Spoken(
        Reply.json(new byte[0]),
        new Envelope(code, null, status, "T1", id, "order-1", null, Amount.UNSAID),
        -1);
  }

  private final Platform platform = new QuestionsOnly() {
    @Override
    public Future<Answer> call(PlatformRequest question) {
      String target = question.target();
      String id = target.substring(target.lastIndexOf('=') + 1);
      asked.add(id);
      return Future.succeededFuture(
          silent ? new Answer.Silent("away") : known.getOrDefault(id, spoken(null, null)));
    }
  };

  private final OutcomeSignal outcomes = new OutcomeSignal() {
    @Override
    public Future<Void> awaitChange(PaymentId id, long atMostMillis) {
      throw new UnsupportedOperationException("an operator's decision does not wait");
    }

    @Override
    public void announce(PaymentId id) {}
  };

  private final LedgerAdmin admin = new FakeLedgerAdmin(null) {
    @Override
    public Future<BrokenRecord> salvage(PaymentId id) {
      return Future.succeededFuture(wreck);
    }

    @Override
    public Future<Buried> bury(
        BrokenRecord what, Outcome outcome, String platformId, boolean pays, String event) {
      buried.add(outcome + " " + what.order() + " " + platformId + " " + pays);
      return Future.succeededFuture(Buried.BURIED);
    }

    @Override
    public boolean canBury() {
      return !mixed;
    }
  };
}
