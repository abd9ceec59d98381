package io.payonce.mutants;

import java.util.List;
import java.util.stream.Stream;

/** All mutants, package by package. */
final class Mutants {
  private Mutants() {}

  static List<Mutant> all() {
    return Stream.of(
            MachineMutants.ALL,
            ReadingMutants.ALL,
            ScriptMutants.ALL,
            PackedMutants.ALL,
            TornMutants.ALL,
            AdapterMutants.ALL,
            FlowMutants.ALL,
            OperationMutants.ALL,
            AnswerMutants.ALL,
            EntranceMutants.ALL,
            PageMutants.ALL,
            OrderMutants.ALL,
            AdminMutants.ALL,
            KeyMutants.ALL,
            WebhookMutants.ALL,
            RoadMutants.ALL,
            OutcomeMutants.ALL,
            JournalMutants.ALL,
            NotificationMutants.ALL,
            RightsMutants.ALL,
            ArchiveMutants.ALL,
            AccountMutants.ALL)
        .flatMap(List::stream)
        .toList();
  }
}
