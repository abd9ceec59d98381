package io.payonce.wiring;

import io.payonce.credentials.Credential;
import io.payonce.credentials.CredentialUse;
import io.payonce.renewal.RenewalPlan;
import io.payonce.settings.Settings;
import io.payonce.settings.source.Secret;
import io.payonce.signing.SigningMode;
import java.util.ArrayList;
import java.util.List;

/** Translates the settings of renewed credentials into the platform's words. */
final class RenewalSettings {
  private RenewalSettings() {}

  /** Of those that have a path. */
  static List<RenewalPlan> plans(Settings.Credentials credentials) {
    List<RenewalPlan> plans = new ArrayList<>();
    add(plans, Credential.SESSION, credentials.session().renewal());
    add(plans, Credential.TMK, credentials.tmk());
    add(plans, Credential.WORKING_KEY, credentials.workingKey());
    return plans;
  }

  static CredentialUse use(Settings settings, AccountKeys keys) {
    Settings.Signing signing = keys.signing();
    boolean signs = signing.secretFrom().equals("workingKey");
    return new CredentialUse(
        signs ? SigningMode.of(signing.mode()) : null,
        signing.keyId().orElse(null),
        settings.upstream().requestIdHeaders().get(0),
        keys.credentials().session().header());
  }

  private static void add(List<RenewalPlan> plans, Credential what, Settings.Renewal renewal) {
    if (renewal.path().isPresent()) {
      plans.add(new RenewalPlan(
          what,
          renewal.method(),
          renewal.path().get(),
          renewal.body().map(Secret::value).orElse(""),
          renewal.valueAt().orElseThrow(),
          new RenewalPlan.Life(
              renewal.lifeAt().orElse(null),
              renewal.lifeUnit().equals("s") ? 1000 : 1,
              renewal.lifeMs(),
              renewal.renewBeforeMs())));
    }
  }
}
