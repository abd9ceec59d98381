package io.payonce;

import io.payonce.command.CheckCommand;
import io.payonce.command.CodesCommand;
import io.payonce.command.LogQueue;
import io.payonce.command.OutcomesCommand;
import io.payonce.command.ReconcileCommand;
import io.payonce.command.ServeCommand;
import io.payonce.command.Version;
import io.payonce.sandbox.PlatformCommand;
import io.payonce.sandbox.SandboxCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The commands: sandbox, platform, serve, check, codes, outcomes, reconcile. Exit codes: 0 clean, 2
 * bad input, 1 the rest.
 */
@Command(
    name = "payonce",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "A reactive payment proxy: nobody is charged twice, no payment is lost.")
public final class Main implements Runnable {
  /** The arguments, one a line; the parser would read more into what begins with - or @. */
  private static final Pattern SERVE_A_FILE =
      Pattern.compile("serve\n--config[=\n]([^-@\n][^\n]*)");

  @Spec
  private CommandSpec spec;

  private Main() {}

  public static void main(String[] args) throws Exception {
    int code = run(List.of(args), System.getenv(), Path.of(""));
    LogQueue.end();
    System.exit(code);
  }

  /**
   * Pods start with "serve" and at most their file, which needs no parser: picocli's class files
   * are too old for a cache of classes, and would be a fifth of such a start.
   */
  private static int run(List<String> args, Map<String, String> env, Path folder) throws Exception {
    ServeCommand serve = plainly(args, new ServeCommand(env, folder));
    return serve == null
        ? commands(env, folder).execute(args.toArray(String[]::new))
        : serve.call();
  }

  /** Null where something else may have been meant, which the parser knows to explain. */
  static ServeCommand plainly(List<String> args, ServeCommand serve) {
    if (args.equals(List.of("serve"))) {
      return serve;
    }
    Matcher file = SERVE_A_FILE.matcher(String.join("\n", args));
    if (!file.matches()) {
      return null;
    }
    serve.read(Path.of(file.group(1)));
    return serve;
  }

  /** {@code folder} is where {@code conf/payonce.yaml} is looked for. */
  static CommandLine commands(Map<String, String> env, Path folder) {
    CommandLine line = new CommandLine(new Main());
    List.of(
            new ServeCommand(env, folder),
            new CheckCommand(env, folder),
            new CodesCommand(),
            new OutcomesCommand(env, folder),
            new ReconcileCommand(env, folder))
        .forEach(line::addSubcommand);
    if (hasSandbox()) {
      line.addSubcommand(new SandboxCommand(env)).addSubcommand(new PlatformCommand());
    }
    return line.setParameterExceptionHandler(Main::explain);
  }

  /** The production jar has no simulated platform in it, so no payment can go into the void. */
  private static boolean hasSandbox() {
    return Main.class.getResource("sandbox/SandboxCommand.class") != null;
  }

  /** What is wrong, what was probably meant, and always the usage. */
  private static int explain(ParameterException fault, String[] args) {
    CommandLine line = fault.getCommandLine();
    line.getErr().println(fault.getMessage());
    UnmatchedArgumentException.printSuggestions(fault, line.getErr());
    line.usage(line.getErr());
    return ExitCode.USAGE;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }
}
