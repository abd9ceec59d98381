package io.payonce.sandbox.script;

/** A script that cannot be read; the message says which word, where, and what may stand there. */
public final class ScriptFault extends RuntimeException {

  ScriptFault(String message) {
    super(message, null, false, false);
  }
}
