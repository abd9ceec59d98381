package io.payonce.wiring;

import io.payonce.model.Account;
import io.payonce.settings.Settings;
import io.payonce.settings.source.Secret;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The part of the settings that is one account's own; the top level's is that of all who have none.
 *
 * @param prefix what stands before {@code apiKey} in the name of a key
 * @param signingPrefix what stands before {@code mode} there
 */
record AccountKeys(
    Account account,
    String prefix,
    String signingPrefix,
    Optional<Secret> apiKey,
    Settings.Signing signing,
    Settings.Credentials credentials) {

  /** That of the top level first. */
  static Stream<AccountKeys> all(Settings settings) {
    return Stream.concat(
        Stream.of(topLevel(settings)),
        IntStream.range(0, settings.accounts().size()).mapToObj(index -> at(settings, index)));
  }

  static AccountKeys topLevel(Settings settings) {
    return new AccountKeys(
        Account.DEFAULT,
        "upstream.",
        "signing.",
        settings.upstream().apiKey(),
        settings.signing(),
        settings.credentials());
  }

  private static AccountKeys at(Settings settings, int index) {
    Settings.Account account = settings.accounts().get(index);
    String prefix = "accounts[" + index + "].";
    return new AccountKeys(
        new Account(account.name()),
        prefix,
        prefix + "signing.",
        Optional.of(account.apiKey()),
        account.signing(),
        account.credentials());
  }

  /** Of that name; empty for the top level's. */
  static Optional<Settings.Account> named(Settings settings, Account account) {
    return settings.accounts().stream()
        .filter(each -> each.name().equals(account.name()))
        .findFirst();
  }

  /** The same as newer settings have it; accounts neither come nor go while a pod runs. */
  AccountKeys in(Settings newer) {
    return all(newer).filter(same -> same.account.equals(account)).findFirst().orElse(this);
  }
}
