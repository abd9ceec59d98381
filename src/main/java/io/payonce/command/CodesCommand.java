package io.payonce.command;

import io.payonce.codes.CodeTable;
import io.payonce.json.JsonOutput;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the platform's error codes and what Payonce does for each. */
@Command(
    name = "codes",
    mixinStandardHelpOptions = true,
    description = "List the platform's error codes and what Payonce does for each.")
public final class CodesCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Option(names = "--json", description = "As a JSON array.")
  private boolean json;

  @Override
  public Integer call() {
    spec.commandLine()
        .getOut()
        .print(json ? JsonOutput.table(CodeTable.entries()) : CodeTable.text());
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }
}
