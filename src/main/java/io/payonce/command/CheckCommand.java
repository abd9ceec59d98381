package io.payonce.command;

import io.payonce.settings.EffectiveConfig;
import io.payonce.settings.Loaded;
import io.payonce.settings.Loaded.Ready;
import io.payonce.settings.OperationWords;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import io.payonce.wiring.LedgerGlance;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** Prints what serve would run with, secrets masked, each value with its source. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Check a configuration and print it, secrets masked. Exits with 0 or 2.")
public final class CheckCommand extends ConfiguredCommand {
  private static final String REISSUE =
      "# note: recovery.reissue is true, but not for bodies with a notifyUrl, whose hook would get F for"
          + " its own id, then S for a reissued one; such payments end unpaid after F";

  private static final String REISSUE_OURS =
      "# note: recovery.reissue is true, but not for bodies whose notifyUrl is on no host of notify.allowHosts:"
          + " they leave as they are, the platform reports to that hook, and such payments end unpaid after F";

  private static final String WEBHOOK_ONLY =
      "# note: webhook.port is open, but without webhook.publicUrl no body names it: the platform reports to the"
          + " notifyUrl of each body, past Payonce";

  private static final String SCOPE =
      "# note: orders.scope is app: each appId of a merchant has order numbers and request ids of its own. Only"
          + " for a platform that keeps request ids of two appIds apart, too: on one that knows merchants only,"
          + " one shop would be answered another's S, and pay nothing";

  private final Map<String, String> env;
  private final Path folder;

  public CheckCommand(Map<String, String> env, Path folder) {
    this.env = env;
    this.folder = folder;
  }

  @Override
  public Loaded load(Optional<Path> config) {
    return Settings.load(orUsual(config, folder), env, Profile.SERVE);
  }

  @Override
  public int run(Ready ready) {
    out().print(EffectiveConfig.yaml(ready.entries()));
    Settings.Webhook webhook = ready.settings().webhook();
    if (ready.settings().recovery().reissue()) {
      out().println(webhook.publicUrl().isPresent() ? REISSUE_OURS : REISSUE);
    }
    if (webhook.port().isPresent() && webhook.publicUrl().isEmpty()) {
      out().println(WEBHOOK_ONLY);
    }
    if (ready.settings().orders().scope().equals("app")) {
      out().println(SCOPE);
    }
    OperationWords.of(ready.settings()).forEach(line -> out().println("# " + line));
    out().println("# " + LedgerSizing.line(ready.settings()));
    LedgerGlance.keys(ready.settings()).forEach(line -> out().println("# ledger: " + line));
    out().flush();
    warn(ready);
    return ExitCode.OK;
  }
}
