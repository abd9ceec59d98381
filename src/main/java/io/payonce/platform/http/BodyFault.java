package io.payonce.platform.http;

/** Says why an answer could not be had whole: one of {@link FailureReasons}. */
final class BodyFault extends Exception {
  BodyFault(String why) {
    super(why, null, false, false);
  }
}
