/**
 * What the domain is made of; JDK only. Begin with {@link io.payonce.model.PaymentId}. Sees nothing
 * of ours.
 *
 * <p>Sees nothing else of ours.
 */
package io.payonce.model;
