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

/**
 * Runs everything on this machine. It reads a file only when one is named: {@code
 * conf/payonce.yaml} points at the real platform, and the sandbox must not.
 */
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    description = "Try it: embedded Redis, simulated platform, proxy and ops page.")
final class Sandbox extends Configured {
  private final Map<String, String> env;

  Sandbox(Map<String, String> env) {
    this.env = env;
  }

  @Override
  Loaded load(Optional<Path> config) {
    return Settings.load(config, env, Profile.SANDBOX, Map.of("redis.mode", "embedded"));
  }

  @Override
  int run(Ready ready) {
    err().println("sandbox is not built yet");
    return ExitCode.SOFTWARE;
  }
}
