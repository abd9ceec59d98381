package io.payonce.command;

import io.payonce.settings.Loaded;
import io.payonce.settings.Loaded.Faulty;
import io.payonce.settings.Loaded.Ready;
import io.payonce.settings.source.ConfigFault;
import io.payonce.wiring.KeyFileCheck;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that needs sound settings: with faults it lists them all and exits with 2. */
public abstract class ConfiguredCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML configuration file; PAYONCE_* variables beat it.")
  private Path config;

  @Override
  public final Integer call() throws Exception {
    Loaded loaded = load(config());
    List<ConfigFault> faults =
        loaded instanceof Ready ready ? KeyFileCheck.faults(ready) : ((Faulty) loaded).faults();
    if (!faults.isEmpty()) {
      report(faults);
      return ExitCode.USAGE;
    }
    return run((Ready) loaded);
  }

  /** {@code config} is the file named on the command line. */
  public abstract Loaded load(Optional<Path> config);

  /** Returns the exit code. */
  public abstract int run(Ready ready) throws Exception;

  /** For a command line that no parser has read. */
  public final void read(Path file) {
    config = file;
  }

  /** The file named on the command line. */
  final Optional<Path> config() {
    return Optional.ofNullable(config);
  }

  /** Standard output where no parser has set another. */
  public final PrintWriter out() {
    return spec == null ? new PrintWriter(System.out, true) : spec.commandLine().getOut();
  }

  public final PrintWriter err() {
    return spec == null ? new PrintWriter(System.err, true) : spec.commandLine().getErr();
  }

  public final void warn(Ready ready) {
    ready.warnings().forEach(warning -> err().println("warning: " + warning));
  }

  /** A wrong argument; the usage goes with it. */
  final ParameterException wrong(String why) {
    return new ParameterException(spec.commandLine(), why);
  }

  /** Whoever read what is printed has gone: a pipe is broken. That is no failure. */
  final boolean isDeaf() {
    return out().checkError() || System.out.checkError();
  }

  /** The file named, else the usual one where there is one. */
  static Optional<Path> orUsual(Optional<Path> config, Path folder) {
    Path usual = folder.resolve("conf/payonce.yaml");
    return config.or(() -> Optional.of(usual).filter(path -> path.toFile().exists()));
  }

  private void report(List<ConfigFault> faults) {
    int count = faults.size();
    err().println("bad configuration, " + count + (count == 1 ? " fault:" : " faults:"));
    faults.forEach(fault -> err().println("  " + fault));
  }
}
