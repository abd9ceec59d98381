package io.payonce.proof;

import io.payonce.sandbox.bank.Charge;
import io.payonce.sandbox.http.WebhookReceiver.Heard;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the shops' hook and the journal got, against the platform's books.
 *
 * @param ended payments that have ended and whose hook is to be notified
 * @param past payments of which the platform notified the hook itself
 * @param repeats notifications that came again although they had been answered 200
 * @param lost ended, and the hook was not told
 * @param contradictions told paid and not charged, told unpaid and charged, or badly signed
 * @param doubles told the same by two notifications
 * @param journal payments that do not stand there exactly once, or otherwise than in the books
 */
record NotificationVerdict(
    int ended,
    int past,
    int heard,
    int repeats,
    List<String> lost,
    List<String> contradictions,
    List<String> doubles,
    List<String> journal) {
  /**
   * @param past payments of which the platform notified the hook itself: while it is not known that
   *     all pods can stand in between, none does
   * @param heard all that came in, also what was not answered 200
   */
  static NotificationVerdict of(
      Collection<PaymentLog> baskets,
      Set<String> past,
      List<Charge> charges,
      List<Heard> heard,
      List<JsonObject> outcomes) {
    Map<String, List<Charge>> charged = charges.stream()
        .filter(charge -> charge.type().equals("SALE"))
        .collect(Collectors.groupingBy(Charge::order));
    Map<String, List<Heard>> byPayment =
        heard.stream().collect(Collectors.groupingBy(Heard::requestId));
    Map<String, List<JsonObject>> settled = ofKind(outcomes, "settled");
    Map<String, List<JsonObject>> released = ofKind(outcomes, "released");
    Judge judge = new Judge();
    heard.stream()
        .filter(one -> !past.contains(one.requestId()))
        .filter(one -> !one.isSignedWith(SharedInfrastructure.NOTIFY_SECRET))
        .forEach(one -> judge.contradictions.add("badly signed: " + one.json()));
    for (PaymentLog basket : baskets) {
      boolean paid =
          charged.getOrDefault(basket.order(), List.of()).stream().anyMatch(basket::isMine);
      String payment = basket.merchant() + "/" + basket.id();
      List<JsonObject> lines = settled.getOrDefault(payment, List.of());
      judge.journal(basket, paid, lines);
      if (!past.contains(basket.id())) {
        judge.hook(
            basket,
            paid,
            basket.isEnded() || !lines.isEmpty(),
            released.getOrDefault(payment, List.of()).size(),
            byPayment.getOrDefault(basket.id(), List.of()));
      }
    }
    return new NotificationVerdict(
        judge.ended,
        past.size(),
        heard.size(),
        judge.repeats,
        judge.lost,
        judge.contradictions,
        judge.doubles,
        judge.journal);
  }

  private static Map<String, List<JsonObject>> ofKind(List<JsonObject> outcomes, String kind) {
    return outcomes.stream()
        .filter(line -> kind.equals(line.getString("kind")))
        .collect(Collectors.groupingBy(
            line -> line.getString("merchantId") + "/" + line.getString("transactionRequestId")));
  }

  private static final class Judge {
    private final List<String> lost = new ArrayList<>();
    private final List<String> contradictions = new ArrayList<>();
    private final List<String> doubles = new ArrayList<>();
    private final List<String> journal = new ArrayList<>();
    private int ended;
    private int repeats;

    private void journal(PaymentLog basket, boolean paid, List<JsonObject> lines) {
      if (basket.isEnded() && lines.size() != 1 || lines.size() > 1) {
        journal.add(basket + " stands there " + lines.size() + " times: " + lines);
      }
      lines.stream()
          .filter(line -> paid != "PAID".equals(line.getString("status")))
          .forEach(
              line -> journal.add(basket + (paid ? " was" : " was not") + " charged: " + line));
    }

    /**
     * @param released how often the payment was refused for the moment after its caller was
     *     answered P: the hook is notified, too, and a repeat of the same id then begins it again
     */
    private void hook(
        PaymentLog basket, boolean paid, boolean hasEnded, int released, List<Heard> answered) {
      if (basket.notifyUrl() == null) {
        answered.forEach(one -> contradictions.add(basket + " has no hook: " + one.json()));
        return;
      }
      List<Heard> taken = answered.stream().filter(one -> one.answered() == 200).toList();
      ended += hasEnded ? 1 : 0;
      if (hasEnded && taken.stream().noneMatch(one -> paid == one.status().equals("S"))) {
        lost.add(basket + (paid ? ", charged" : ", not charged"));
      }
      answered.stream()
          .filter(one -> paid != one.status().equals("S"))
          .filter(one -> released == 0 || one.status().equals("S"))
          .forEach(one -> contradictions.add(basket + ": " + one.json()));
      Set<String> names = new TreeSet<>();
      answered.forEach(one -> names.add(one.header("X-Client-Request-Id")));
      repeats += Math.max(0, taken.size() - 1);
      if (names.size() > 1 + released) {
        doubles.add(basket + " by " + names);
      }
    }
  }

  /** False while more may come. */
  boolean isComplete() {
    return lost.isEmpty() && journal.isEmpty();
  }

  @Override
  public String toString() {
    return ended + " ended payments with a hook and " + past + " told by the platform itself, "
        + heard + " notifications, " + repeats
        + " again after a 200, " + lost.size() + " lost, " + contradictions.size()
        + " contradicting, " + doubles.size() + " doubles, " + journal.size()
        + " wrong in the journal";
  }
}
