package io.payonce.outcome;

import java.util.List;

/**
 * Some of the journal's events, oldest first and without a gap.
 *
 * @param next where the next part begins; the former place when nothing is new
 * @param completeUntilMillis no event of an earlier time can still come
 * @param hasMore whether events of that time were left for the next part
 * @param apartMillis how far the clocks of Redis' servers are apart; by so much events come later
 */
public record OutcomeBatch(
    List<OutcomeEntry> entries,
    OutcomeCursor next,
    long completeUntilMillis,
    boolean hasMore,
    long apartMillis) {}
