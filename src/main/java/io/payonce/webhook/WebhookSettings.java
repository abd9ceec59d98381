package io.payonce.webhook;

import io.payonce.http.ServerTls;
import io.payonce.http.server.BodyBudget;
import io.payonce.model.Account;
import io.payonce.model.PaymentId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Holds the settings of the port of the platform's notifications.
 *
 * @param bodies where the bytes of the bodies being read are counted, apart from callers'
 * @param maxConnections that are open at once
 * @param bodyMillis within which a body must have arrived
 * @param signers what the platform signs with now
 * @param maxAgeMillis how far the time of a message may be away
 * @param nowMillis the time by the platform's clock, as far as an account knows that
 * @param payments the payment whose own address ends so; empty for what we have not made
 * @param named the account that a message is about, by the appId and the merchantId that it names
 * @param heard is told on whose payments a message came, in time and signed with its secret
 */
public record WebhookSettings(
    String host,
    int port,
    WebhookPaths paths,
    ServerTls tls,
    BodyBudget bodies,
    int maxConnections,
    long bodyMillis,
    Supplier<List<Signer>> signers,
    long maxAgeMillis,
    ToLongFunction<Account> nowMillis,
    Function<String, Optional<PaymentId>> payments,
    BiFunction<String, String, Account> named,
    Consumer<Account> heard) {
  /**
   * A secret of the platform's.
   *
   * @param secret empty signs nothing
   * @param accounts whose payments it speaks of
   */
  public record Signer(byte[] secret, Set<Account> accounts) {
    @Override
    public String toString() {
      return "Signer" + accounts;
    }
  }
}
