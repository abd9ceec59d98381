package io.payonce.flow.operator;

import io.payonce.ledger.Dossier;
import io.payonce.recovery.Decision;

/**
 * A payment as an operator sees it; times are the ledger's clock, ms since 1970.
 *
 * @param next what happens when it comes due; null for a payment that has ended or cannot be read
 * @param deadlineMillis when it is listed for review, 0 for a payment that has ended
 * @param windowEndsMillis when no send can take effect any more, 0 for a payment that has ended
 * @param terminal as its request names it; null when it names none, or is no longer kept
 */
public record Inspection(
    Dossier dossier, Decision next, long deadlineMillis, long windowEndsMillis, String terminal) {}
