package io.payonce.outcome;

import io.payonce.model.PaymentId;
import java.util.function.Function;

/**
 * @param secret signs the notifications of that payment; read anew for each
 * @param giveUpMillis how long a notification is repeated
 */
public record NotificationSettings(
    NotifyUrlGuard guard, Function<PaymentId, byte[]> secret, long giveUpMillis) {}
