package io.payonce.webhook;

import io.payonce.http.PortSettings;
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
 * @param port its bodies are counted apart from callers'
 */
public record WebhookSettings(
    PortSettings port, WebhookPaths paths, Evidence evidence, Owners owners) {
  /**
   * By what a message is believed.
   *
   * @param signers what the platform signs with now
   * @param maxAgeMillis how far the time of a message may be away
   * @param nowMillis the time by the platform's clock, as far as an account knows that
   */
  public record Evidence(
      Supplier<List<Signer>> signers, long maxAgeMillis, ToLongFunction<Account> nowMillis) {}

  /**
   * Whom a message is about.
   *
   * @param payments the payment whose own address ends so; empty for what we have not made
   * @param named the account of the appId and the merchantId that it names
   * @param reported is called with the accounts whose message came, in time and signed with its
   *     secret
   */
  public record Owners(
      Function<String, Optional<PaymentId>> payments,
      BiFunction<String, String, Account> named,
      Consumer<Account> reported) {}

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
