package io.payonce.platform;

/** Why the body of an answer could not be had: one of {@link Reasons}. */
final class BodyFault extends Exception {
  BodyFault(String why) {
    super(why, null, false, false);
  }
}
