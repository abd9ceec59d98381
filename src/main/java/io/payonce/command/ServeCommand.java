package io.payonce.command;

import io.payonce.http.server.OutOfMemoryExit;
import io.payonce.settings.LiveSettings;
import io.payonce.settings.Loaded;
import io.payonce.settings.Loaded.Ready;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import io.payonce.settings.source.FormerSecrets;
import io.payonce.wiring.Pod;
import io.payonce.wiring.WarmUp;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** Runs the proxy against a Redis and a platform that run elsewhere. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Run the proxy until SIGTERM.")
public final class ServeCommand extends ConfiguredCommand {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

  private final Map<String, String> env;
  private final Path folder;
  private final FormerSecrets former = new FormerSecrets();

  public ServeCommand(Map<String, String> env, Path folder) {
    this.env = env;
    this.folder = folder;
  }

  @Override
  public Loaded load(Optional<Path> config) {
    return Settings.load(orUsual(config, folder), env, Profile.SERVE, Map.of(), former);
  }

  @Override
  public int run(Ready ready) throws Exception {
    OutOfMemoryExit.endsTheProcess();
    ProcessLifecycle running = ProcessLifecycle.begin();
    Future<Integer> warmedUp = WarmUp.briefly();
    Settings settings = ready.settings();
    LogFormat.format(settings.log());
    if (settings.log().isJson()) {
      ready.warnings().forEach(LOG::warn);
    } else {
      warn(ready);
    }
    Vertx vertx = Pod.vertx();
    try {
      LiveSettings live = LiveSettings.of(() -> orUsual(config(), folder), this::load);
      Pod pod = ProcessLifecycle.started(Pod.start(vertx, live, warmedUp));
      say(settings, pod);
      running.untilStopped(pod, settings.server().drainMs());
      return ExitCode.OK;
    } catch (Exception failure) {
      err().println("cannot start: " + failure.getMessage());
      ProcessLifecycle.close(vertx);
      running.over();
      return ExitCode.SOFTWARE;
    }
  }

  /** Who reads JSON lines can read nothing else. */
  private void say(Settings settings, Pod pod) {
    String text = "Payonce serves %s://%s:%d, operations http://%s:%d, platform %s"
        .formatted(
            settings.server().tls().certFile().isPresent() ? "https" : "http",
            settings.server().host(),
            pod.port(),
            settings.admin().host(),
            pod.adminPort(),
            settings.upstream().baseUrl());
    if (settings.log().isJson()) {
      LOG.info(text);
    } else {
      out().println(text);
      out().flush();
    }
  }
}
