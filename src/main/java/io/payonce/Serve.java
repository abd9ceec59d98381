package io.payonce;

import io.payonce.server.LiveSettings;
import io.payonce.server.Pod;
import io.payonce.server.Rehearsal;
import io.payonce.settings.Loaded;
import io.payonce.settings.Loaded.Ready;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
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
  int run(Ready ready) throws Exception {
    warn(ready);
    Future<Integer> rehearsed = Rehearsal.begin();
    Settings settings = ready.settings();
    Vertx vertx = Pod.vertx();
    try {
      LiveSettings live = LiveSettings.of(() -> load(config()));
      Pod pod = Running.started(Pod.start(vertx, live, rehearsed));
      out()
          .printf(
              "Payonce serves %s://%s:%d, operations http://%s:%d, platform %s%n",
              settings.server().tls().certFile().isPresent() ? "https" : "http",
              settings.server().host(),
              pod.port(),
              settings.admin().host(),
              pod.adminPort(),
              settings.upstream().baseUrl());
      out().flush();
      Running.untilStopped(pod, settings.server().drainMs());
      return ExitCode.OK;
    } catch (Exception failure) {
      err().println("cannot start: " + failure.getMessage());
      Running.close(vertx);
      return ExitCode.SOFTWARE;
    }
  }
}
