package io.payonce.sandbox;

/** A status that a transaction takes, so many milliseconds after its execution. */
record Stage(long afterMillis, Status status, String resultCode) {

  Stage after(long millis) {
    return new Stage(millis, status, resultCode);
  }
}
