package io.payonce.sandbox;

import io.payonce.command.ProcessLifecycle;
import io.payonce.http.server.OutOfMemoryExit;
import io.payonce.sandbox.http.SandboxOptions;
import io.payonce.sandbox.http.SandboxPlatform;
import io.payonce.wiring.Pod;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The simulated platform alone, for a demo whose pods and Redis run elsewhere. */
@Command(
    name = "platform",
    mixinStandardHelpOptions = true,
    description = "Run the simulated platform alone, until SIGTERM.")
public final class PlatformCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address to listen on.")
  private String host;

  @Option(names = "--port", defaultValue = "8081", description = "Port; 0 takes any free one.")
  private int port;

  @Option(
      names = "--webhooks-anywhere",
      description = "Report to notifyUrls on other machines too, not only on this one.")
  private boolean anywhere;

  @Override
  public Integer call() throws Exception {
    OutOfMemoryExit.endsTheProcess();
    PrintWriter out = spec.commandLine().getOut();
    Vertx vertx = Pod.vertx();
    try {
      SandboxOptions options = SandboxOptions.defaults().withHost(host).withPort(port);
      SandboxPlatform platform = ProcessLifecycle.started(
          SandboxPlatform.start(vertx, anywhere ? options.withWebhooksAnywhere() : options));
      out.println("The simulated platform is at " + platform.baseUrl() + ", its key is "
          + platform.settings().access().keys().iterator().next());
      out.flush();
      new CountDownLatch(1).await(); // SIGTERM ends it: it has nothing to hand over
      return ExitCode.OK;
    } catch (Exception failure) {
      spec.commandLine().getErr().println("cannot start: " + failure.getMessage());
      ProcessLifecycle.close(vertx);
      return ExitCode.SOFTWARE;
    }
  }
}
