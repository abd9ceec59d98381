package io.payonce.sandbox.script;

/** A status that a transaction takes, so many milliseconds after its execution. */
public record SimStage(long afterMillis, SimStatus status, String resultCode) {

  SimStage after(long millis) {
    return new SimStage(millis, status, resultCode);
  }
}
