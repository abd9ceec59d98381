package io.payonce.world;

import io.payonce.model.Amount;
import io.payonce.model.PaymentId;

/**
 * One request for money on the wire.
 *
 * @param order null where the operation names none
 * @param stampMillis its timestamp, by the clock of its pod
 */
record WorldSend(
    Truth.Life life,
    PaymentId payment,
    String platformId,
    String order,
    Amount amount,
    long stampMillis) {}
