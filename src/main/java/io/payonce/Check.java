package io.payonce;

import io.payonce.server.LedgerLook;
import io.payonce.settings.Listing;
import io.payonce.settings.Loaded;
import io.payonce.settings.Loaded.Ready;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
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
final class Check extends Configured {
  private static final String REISSUE =
      "# note: recovery.reissue is true, but not for bodies with a notifyUrl, whose hook would hear F for"
          + " its own id, then S for a derived one; such payments end unpaid after F";

  private static final String SCOPE =
      "# note: orders.scope is app: each appId of a merchant has order numbers and request ids of its own. Only"
          + " for a platform that keeps request ids of two appIds apart, too: on one that knows merchants only,"
          + " one shop would be told another's S, and pay nothing";

  private final Map<String, String> env;
  private final Path folder;

  Check(Map<String, String> env, Path folder) {
    this.env = env;
    this.folder = folder;
  }

  @Override
  Loaded load(Optional<Path> config) {
    return Settings.load(orUsual(config, folder), env, Profile.SERVE);
  }

  @Override
  int run(Ready ready) {
    out().print(Listing.yaml(ready.entries()));
    if (ready.settings().recovery().reissue()) {
      out().println(REISSUE);
    }
    if (ready.settings().orders().scope().equals("app")) {
      out().println(SCOPE);
    }
    LedgerLook.keys(ready.settings()).forEach(line -> out().println("# ledger: " + line));
    out().flush();
    warn(ready);
    return ExitCode.OK;
  }
}
