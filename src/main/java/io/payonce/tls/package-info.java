/**
 * Certificates and keys: read from PEM files, checked, watched, made into TLS options. Begin with
 * {@link io.payonce.tls.CertificateBundle}. New content is checked before it is used; when it is
 * bad, the old stays.
 *
 * <p>Sees nothing else of ours.
 */
package io.payonce.tls;
