package io.payonce;

import io.payonce.settings.Loaded;
import io.payonce.settings.Loaded.Ready;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** Runs the proxy against a Redis and a platform that somebody else runs. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Run the proxy until SIGTERM.")
final class Serve extends Configured {
  private final Map<String, String> env;
  private final Path folder;

  Serve(Map<String, String> env, Path folder) {
    this.env = env;
    this.folder = folder;
  }

  @Override
  Loaded load(Optional<Path> config) {
    return Settings.load(orUsual(config, folder), env, Profile.SERVE);
  }

  @Override
  int run(Ready ready) {
    warn(ready);
    err().println("serve is not built yet");
    return ExitCode.SOFTWARE;
  }
}
