/**
 * Certificates and keys: read from PEM files, checked, watched, made into TLS options. Begin with
 * {@link io.payonce.tls.CertificateBundle}. New content is checked before it is used; when it is
 * bad, the old stays. What a process looks at again and again, files and all else, it does at
 * common beats.
 *
 * <p>Sees nothing else of ours.
 */
package io.payonce.tls;
