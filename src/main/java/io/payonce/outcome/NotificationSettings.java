package io.payonce.outcome;

import io.payonce.model.Account;
import java.util.function.Function;

/**
 * @param secret signs the notifications of that account's payments; read anew for each
 * @param giveUpMillis how long a notification is repeated
 */
public record NotificationSettings(
    NotifyUrlGuard guard, Function<Account, byte[]> secret, long giveUpMillis) {}
