package io.payonce.command;

import io.payonce.outcome.OutcomeCursor;
import io.payonce.outcome.OutcomeEntry;
import io.payonce.outcome.report.OutcomeCsv;
import io.payonce.outcome.report.OutcomeJson;
import io.payonce.outcome.report.OutcomeTotals;
import io.payonce.outcome.report.TotalsTable;
import io.payonce.settings.Loaded.Ready;
import io.payonce.wiring.JournalAccess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Prints how payments ended, or the sums of that. */
@Command(
    name = "outcomes",
    mixinStandardHelpOptions = true,
    description = "Print how payments ended: the journal, oldest first, one JSON object a line.")
public final class OutcomesCommand extends SpanCommand {
  @Option(names = "--follow", description = "Go on with what happens, until SIGTERM.")
  private boolean follow;

  @Option(names = "--csv", description = "As rows of a table, with a head.")
  private boolean csv;

  @Option(
      names = "--totals",
      description = "Only count and sum (in minor units) by day, merchant, currency, operation and"
          + " status; what was corrected later counts as what it became.")
  private boolean totals;

  public OutcomesCommand(Map<String, String> env, Path folder) {
    super(env, folder);
  }

  @Override
  public int run(Ready ready) throws Exception {
    if (follow && (totals || until().isPresent())) {
      throw wrong("--follow has no end: leave out --totals and --until");
    }
    OutcomeCursor since = since();
    until();
    zone();
    long retentionMillis = retentionMillis(ready);
    try (JournalAccess access = JournalAccess.open(ready.settings())) {
      JournalWalk walk = new JournalWalk(access, since, err(), retentionMillis);
      if (follow) {
        return follow(walk);
      }
      return totals ? totals(walk) : list(walk);
    } catch (JournalWalk.GivenUp away) {
      err().println("cannot read the journal: " + away.getMessage());
      return ExitCode.SOFTWARE;
    }
  }

  private int list(JournalWalk walk) throws Exception {
    head();
    walk.read(until(), this::print);
    return ExitCode.OK;
  }

  private int follow(JournalWalk walk) throws InterruptedException {
    ProcessLifecycle running = ProcessLifecycle.begin();
    try {
      head();
      walk.follow(this::print);
      return ExitCode.OK;
    } finally {
      running.over();
    }
  }

  private boolean print(List<OutcomeEntry> entries) {
    entries.forEach(entry -> out().print(line(entry)));
    out().flush();
    return !isDeaf();
  }

  private static boolean each(List<OutcomeEntry> part, Consumer<OutcomeEntry> reader) {
    part.forEach(reader);
    return true;
  }

  private int totals(JournalWalk walk) throws Exception {
    OutcomeTotals sums = new OutcomeTotals(zone());
    walk.read(until(), part -> each(part, sums::note));
    walk.again().read(until(), part -> each(part, sums::add));
    out().print(csv ? TotalsTable.csv(sums.lines()) : TotalsTable.text(sums.lines()));
    out().flush();
    if (sums.unreadable() > 0) {
      err().println(sums.unreadable() + " outcomes cannot be read, and are in no sum");
      return ExitCode.SOFTWARE;
    }
    return ExitCode.OK;
  }

  private void head() {
    if (csv) {
      out().print(OutcomeCsv.head() + "\n");
      out().flush();
    }
  }

  private String line(OutcomeEntry entry) {
    return (csv ? OutcomeCsv.line(entry) : OutcomeJson.line(entry)) + "\n";
  }
}
