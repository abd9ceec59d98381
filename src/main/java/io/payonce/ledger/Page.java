package io.payonce.ledger;

import java.util.List;

/**
 * Holds a part of a list.
 *
 * @param next where the next part begins; null when there is none
 * @param total of the whole list
 */
public record Page(List<Dossier> items, Cursor next, long total) {}
