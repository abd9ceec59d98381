package io.payonce.flow;

import static io.payonce.flow.Cashier.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.Checkout.Mood;
import io.payonce.flow.port.Outbound;
import io.payonce.ledger.FakeStore.Mishap;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * One order in seeded worlds: sales, holds, voids, refunds, voids of these, voids at the platform
 * itself, sends that come late, answers and moves of the ledger that get lost. The platform guards
 * nothing: that the order is never paid twice is the ledger's doing alone.
 */
class FollowUpWorldTest {
  static final int WORLDS = Integer.getInteger("worlds", 150);

  @Test
  void whatever_moves_its_money_an_order_is_never_paid_twice() {
    Long only = Long.getLong("seed");
    if (only != null) {
      new World(only).run();
    } else {
      hold(1, WORLDS);
    }
  }

  static void hold(int from, int count) {
    int paid = 0;
    for (int seed = from; seed < from + count; seed++) {
      World world = new World(seed);
      world.run();
      paid += world.paid;
    }
    assertThat(paid).as("orders are paid again and again").isGreaterThan(count);
  }

  private static final class World {
    private final long seed;
    private final Random chance;
    private final Cashier shop = new Cashier();
    private final Checkout checkout = shop.checkout;
    private final List<String> story = new ArrayList<>();
    private int number;
    private int paid;

    World(long seed) {
      this.seed = seed;
      this.chance = new Random(seed * 7919);
    }

    void run() {
      shop.store.onMove(move -> chance.nextInt(40) > 0
          ? Mishap.NONE
          : Mishap.values()[chance.nextInt(Mishap.values().length)]);
      for (int step = 0; step < 14; step++) {
        step();
        judge();
      }
      shop.store.onMove(move -> Mishap.NONE);
      checkout.onTheWay.forEach(Runnable::run);
      checkout.entries.stream().filter(each -> each.status == 'P').forEach(this::succeed);
      judge();
      shop.pass(1_300_000);
      judge();
    }

    private void judge() {
      assertThat(checkout.kept()).as("-Dseed=%d %s", seed, story).hasSizeLessThan(2);
    }

    private void step() {
      switch (chance.nextInt(12)) {
        case 0, 1, 2 -> call("sale", mood(), id -> shop.sale(id));
        case 3 -> call("auth", mood(), id -> shop.auth(id));
        case 4, 5 -> call("void", mood(), id -> shop.voidOf(id, any("sale", "auth")));
        case 6 -> call("refund", mood(), id -> shop.refund(id, any("sale"), 100));
        case 7 -> call("refund", mood(), id -> shop.refundOfOrder(id, 50));
        case 8 -> call("void", mood(), id -> shop.voidOf(id, any("refund", "void")));
        case 9 -> arrive();
        case 10 -> {
          checkout.entries.stream()
              .filter(each -> each.status == 'P')
              .findFirst()
              .ifPresent(this::succeed);
          voidAtPlatform();
        }
        default -> shop.pass(chance.nextInt(20_000));
      }
    }

    private void call(String kind, Mood mood, java.util.function.Function<String, Outbound> call) {
      String id = kind + "-" + ++number;
      checkout.moods.put(id, mood);
      Outbound out = call.apply(id);
      story.add(id + " " + mood + " " + word(out));
      boolean pays = kind.equals("sale") || kind.equals("auth");
      if (pays && word(out).equals("S")) {
        paid++;
      }
    }

    private Mood mood() {
      return chance.nextInt(3) > 0
          ? Mood.AT_ONCE
          : Mood.values()[chance.nextInt(Mood.values().length)];
    }

    /** Some earlier call of such a kind, or one that was never made. */
    private String any(String... kinds) {
      String kind = kinds[chance.nextInt(kinds.length)];
      Supplier<String> draw = () -> kind + "-" + (1 + chance.nextInt(Math.max(1, number)));
      String drawn = draw.get();
      for (int i = 0; i < 8 && shop.sent(drawn) == 0; i++) {
        drawn = draw.get();
      }
      return drawn;
    }

    private void arrive() {
      if (!checkout.onTheWay.isEmpty()) {
        story.add("a late copy comes in");
        checkout.onTheWay.remove(0).run();
      }
    }

    private void succeed(Checkout.Entry open) {
      story.add(open.requestId + " becomes S");
      checkout.succeed(open);
    }

    /** A payment is voided at the platform itself. */
    private void voidAtPlatform() {
      if (chance.nextInt(3) == 0 && !checkout.kept().isEmpty()) {
        checkout.kept().get(0).voided = true;
        story.add("voided at the desk");
      }
    }
  }
}
