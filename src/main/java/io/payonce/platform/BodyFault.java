package io.payonce.platform;

/** Why an answer could not be had whole: one of {@link Reasons}. */
final class BodyFault extends Exception {
  BodyFault(String why) {
    super(why, null, false, false);
  }
}
