/** Long runs under load; see the Maven profile {@code soak}. Not part of {@code verify}. */
package io.payonce.soak;
