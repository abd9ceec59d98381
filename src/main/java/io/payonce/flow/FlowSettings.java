package io.payonce.flow;

/**
 * What the flows need of the configuration; times in milliseconds.
 *
 * @param waitBudgetMillis how long a caller is held at most
 * @param exchangeMillis how long one exchange with the platform takes at most
 * @param firstDelayMillis first pause before a confirm or a resend
 * @param maxDelayMillis longest such pause
 * @param maxAttempts sends of one payment in all
 * @param deadlineMillis after which a payment in doubt is put before a person
 */
public record FlowSettings(
    long waitBudgetMillis,
    long exchangeMillis,
    long firstDelayMillis,
    long maxDelayMillis,
    int maxAttempts,
    boolean reissue,
    boolean resendAfterWindow,
    long deadlineMillis) {}
