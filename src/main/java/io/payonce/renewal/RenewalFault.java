package io.payonce.renewal;

/** Says why a renewal brought nothing; the message quotes nothing of an answer but its code. */
final class RenewalFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RenewalFault(String message) {
    super(message, null, false, false);
  }
}
