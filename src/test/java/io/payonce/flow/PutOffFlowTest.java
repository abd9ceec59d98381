package io.payonce.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.codes.Remedy;
import io.payonce.flow.port.Accounts;
import io.payonce.ledger.BeginResult;
import io.payonce.ledger.FakeSight;
import io.payonce.ledger.NewPayment;
import io.payonce.ledger.redis.HomePlatform;
import io.payonce.limit.Unlimited;
import io.payonce.model.Account;
import io.payonce.model.Answer;
import io.payonce.model.Intent;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.PaymentRef;
import io.payonce.platform.Platform;
import io.payonce.platform.PlatformRequest;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Two accounts, of which one or both are silent, and whose trouble is whose. */
class PutOffFlowTest {
  private static final Account EU = new Account("eu");
  private static final long WAIT_MILLIS = 5000;

  private static final class World extends FlowFixture {
    World() {
      super(
          new AtomicLong(),
          null,
          new HomePlatform("platform", Set.of(EU.name()), 600_000, 15_000, System::nanoTime));
    }
  }

  private final World world = new World();
  private final Map<Account, Silent> limits = new HashMap<>();
  private final List<String> asked = new ArrayList<>();

  /** How an account is while its platform does not answer. */
  private final class Silent extends Unlimited implements Platform {
    private final Account account;
    private boolean asks;
    private boolean worthALook;
    private boolean othersLook;
    private int looks;
    private int waiting;

    Silent(Account account) {
      this.account = account;
    }

    @Override
    public boolean asksNow() {
      return asks;
    }

    @Override
    public long putOffMillis(double chance) {
      return worthALook ? 0 : WAIT_MILLIS;
    }

    @Override
    public void putOff() {
      waiting++;
    }

    @Override
    public boolean mayLook() {
      if (!worthALook || othersLook) {
        return false;
      }
      worthALook = false;
      looks++;
      return true;
    }

    @Override
    public void looked() {
      looks--;
    }

    @Override
    public Future<Answer> send(Intent intent, PlatformRequest message) {
      throw new AssertionError("nothing is known yet");
    }

    @Override
    public Future<Answer> call(PlatformRequest question) {
      asked.add(account.label());
      return Future.succeededFuture(Shop.SILENCE);
    }

    @Override
    public Future<Boolean> remedy(Remedy remedy, long signedAtMillis) {
      return Future.succeededFuture(false);
    }
  }

  private final Flows flows = new Flows(
      world.ledger,
      (RecordedAccounts) account -> new Accounts.Way(of(account), of(account)),
      world,
      world,
      world,
      world,
      FlowFixture.SETTINGS);

  private Silent of(Account account) {
    return limits.computeIfAbsent(account, Silent::new);
  }

  private PaymentId owe(String merchantId, String name, Account account) {
    PaymentId id = new PaymentId(merchantId, name);
    byte[] body = Shop.sale(name, "order-" + name)
        .replace("\"M1\"", "\"" + merchantId + "\"")
        .getBytes(StandardCharsets.UTF_8);
    NewPayment plain = NewPayment.plain(
        new PaymentRef(id, "ref:order-" + name, "print"), Operation.SALE, body, 20_000);
    BeginResult begun = world
        .ledger
        .begin(new NewPayment(
            plain.ref(),
            Operation.SALE,
            plain.amount(),
            plain.bytes(),
            NewPayment.OrderClaim.NONE,
            new NewPayment.Caller(account, null, 20_000, null),
            plain.begun()))
        .result();
    world.defer(((BeginResult.Begun) begun).intent(), "IN_DOUBT", "1.1.1.");
    world.pass(1000);
    return id;
  }

  private boolean work(PaymentId id) {
    return flows.retries().work(id).result();
  }

  private boolean isDue(PaymentId id) {
    return world.ledger.due(FakeSight.shardOf(id.merchantId()), 100).result().contains(id);
  }

  /** Before anything was met of an account, it is not known to be silent. */
  private void met(String merchantId, Account account) {
    PaymentId first = owe(merchantId, "first-" + account.label(), account);
    assertThat(work(first)).isTrue();
    asked.clear();
  }

  @Test
  void what_is_put_off_counts_for_its_own_account() {
    met("E1", EU);
    PaymentId id = owe("M1", "id-1", Account.DEFAULT);
    assertThat(work(id)).isFalse();
    assertThat(isDue(id)).isFalse();
    assertThat(of(Account.DEFAULT).waiting).isEqualTo(1);
    assertThat(of(EU).waiting).isZero();
    assertThat(asked).isEmpty();
  }

  @Test
  void who_answers_is_asked_while_another_account_is_silent() {
    met("E1", EU);
    of(EU).asks = true;
    PaymentId silent = owe("E1", "id-1", Account.DEFAULT);
    PaymentId well = owe("E1", "id-2", EU);
    assertThat(work(silent)).isFalse();
    assertThat(work(well)).as("of the same merchant").isTrue();
    assertThat(asked).containsExactly("eu");
  }

  @Test
  void the_look_of_one_account_is_not_spent_on_anothers_payment() {
    met("E1", EU);
    of(EU).worthALook = true;
    PaymentId others = owe("M1", "id-1", Account.DEFAULT);
    PaymentId own = owe("E1", "id-2", EU);
    assertThat(work(others)).isFalse();
    assertThat(of(EU).worthALook).isTrue();
    assertThat(of(Account.DEFAULT).waiting).isEqualTo(1);
    assertThat(work(own)).isTrue();
    assertThat(of(EU).looks).as("each look has been reported").isZero();
    assertThat(asked).containsExactly("eu");
  }

  @Test
  void of_several_that_see_a_look_one_has_it_and_the_others_stay_due() {
    PaymentId id = owe("M1", "id-1", Account.DEFAULT);
    of(Account.DEFAULT).worthALook = true;
    of(Account.DEFAULT).othersLook = true;
    assertThat(work(id)).isFalse();
    assertThat(isDue(id)).isTrue();
    assertThat(of(Account.DEFAULT).waiting).isZero();
    of(Account.DEFAULT).othersLook = false;
    assertThat(work(id)).isTrue();
    assertThat(asked).containsExactly("default");
  }
}
