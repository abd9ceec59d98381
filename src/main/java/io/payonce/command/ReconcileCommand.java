package io.payonce.command;

import io.payonce.flow.operator.ReconcileFlow;
import io.payonce.flow.operator.ReconcileFlow.AskedId;
import io.payonce.flow.operator.ReconcileFlow.Reconciled;
import io.payonce.outcome.OutcomeEntry;
import io.payonce.outcome.report.Corrections;
import io.payonce.outcome.report.DifferenceJson;
import io.payonce.outcome.report.LaterLives;
import io.payonce.outcome.report.Undoings;
import io.payonce.settings.Loaded.Ready;
import io.payonce.wiring.JournalAccess;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Asks the platform about each outcome of a span, and prints what differs. Changes nothing. */
@Command(
    name = "reconcile",
    mixinStandardHelpOptions = true,
    description = "Ask the platform about each outcome of a span and print what differs, one JSON"
        + " object a line. Exits with 0 when all agrees, else 1. Changes nothing.")
public final class ReconcileCommand extends SpanCommand {
  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "5",
      description = "Questions a second, at most. Default: 5.")
  private double rate;

  private final Map<String, BigInteger> beyond = new TreeMap<>();
  private long asked;
  private long agree;
  private long differ;
  private long unanswered;
  private long cannotBeAsked;
  private long unreadable;

  public ReconcileCommand(Map<String, String> env, Path folder) {
    super(env, folder);
  }

  @Override
  public int run(Ready ready) throws Exception {
    if (!(rate > 0 && rate <= 1000)) {
      throw wrong("--rate: expected a number above 0, and not above 1000, not " + rate);
    }
    since();
    until();
    try (JournalAccess access = JournalAccess.open(ready.settings())) {
      long retentionMillis = retentionMillis(ready);
      JournalWalk walk = new JournalWalk(access, since(), err(), retentionMillis);
      Corrections corrections = new Corrections();
      Undoings undoings = new Undoings();
      LaterLives lives = new LaterLives();
      walk.read(until(), part -> {
        part.forEach(lives::note);
        part.forEach(corrections::note);
        part.forEach(undoings::note);
        return true;
      });
      ReconcileFlow questions = access.reconciling(rate);
      Function<OutcomeEntry, Reconciled> asking =
          entry -> answer(access, questions, entry, undoings);
      walk.again()
          .read(
              until(),
              part ->
                  ask(part, asking, entry -> corrections.supersede(entry) || lives.follow(entry)));
      summary();
      return differ + unanswered + unreadable == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    } catch (JournalWalk.GivenUp away) {
      err().println("cannot read the journal: " + away.getMessage());
      return ExitCode.SOFTWARE;
    }
  }

  private boolean ask(
      List<OutcomeEntry> part,
      Function<OutcomeEntry, Reconciled> asking,
      Predicate<OutcomeEntry> isPast) {
    for (OutcomeEntry entry : part) {
      if (!entry.isReadable()) {
        unreadable++;
        err().println(entry.cursor() + " cannot be read: " + entry.unreadable());
      } else if (isPast.test(entry)) {
        continue;
      } else if (!ReconcileFlow.canBeAsked(entry.facts())) {
        cannotBeAsked++;
      } else {
        count(entry, asking.apply(entry));
        if (isDeaf()) {
          return false;
        }
      }
    }
    return true;
  }

  private static Reconciled answer(
      JournalAccess access, ReconcileFlow questions, OutcomeEntry entry, Undoings undoings) {
    try {
      return access.ask(questions, entry, undoings::has);
    } catch (ExecutionException bug) {
      throw new IllegalStateException(bug.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private void count(OutcomeEntry entry, Reconciled reconciled) {
    asked++;
    List<AskedId> different = reconciled.asked().stream()
        .filter(each -> each.verdict().difference() != null)
        .toList();
    different.forEach(
        each -> out().print(DifferenceJson.line(entry, each.platformId(), each.verdict()) + "\n"));
    reconciled.asked().stream()
        .filter(each -> each.verdict().beyond() > 0)
        .forEach(each -> beyond.merge(
            String.valueOf(entry.facts().money().currency()),
            BigInteger.valueOf(each.verdict().beyond()),
            BigInteger::add));
    if (!different.isEmpty()) {
      differ++;
      out().flush();
    } else if (reconciled.isAnswered()) {
      agree++;
    } else {
      unanswered++;
      err()
          .println(entry.cursor() + " " + entry.id() + ": "
              + (reconciled.unasked() == null
                  ? "the platform does not say how it stands"
                  : reconciled.unasked()));
      err().flush();
    }
  }

  private void summary() {
    out()
        .print("# " + asked + " asked about: " + agree + " agree, " + differ + " differ, "
            + unanswered + " without an answer\n");
    if (cannotBeAsked > 0) {
      out().print("# " + cannotBeAsked + " not asked about: the platform has no query for them\n");
    }
    if (unreadable > 0) {
      out().print("# " + unreadable + " not asked about: they cannot be read\n");
    }
    beyond.forEach((currency, sum) -> out()
        .print("# moved beyond what was asked for (tips, surcharges): " + sum + " " + currency
            + "\n"));
    out().flush();
  }
}
