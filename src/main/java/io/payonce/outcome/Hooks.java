package io.payonce.outcome;

import io.vertx.core.Future;

/** The port to callers' hooks. */
public interface Hooks {
  /** What status a hook answered with, or why there was none. */
  record Heard(int status, HookFailure failure, long millis) {
    public static Heard answered(int status, long millis) {
      return new Heard(status, null, millis);
    }

    public static Heard failed(HookFailure failure, long millis) {
      return new Heard(0, failure, millis);
    }

    /** The platform's own rule: all else is a failure (platform.md#webhooks). */
    boolean isTaken() {
      return status == 200;
    }

    /** For operators: {@code HTTP 503}, {@code TIMEOUT}. */
    String word() {
      return failure == null ? "HTTP " + status : failure.name();
    }

    /** What one path answers says nothing of others; that it is overloaded, or silence, does. */
    boolean isOfHost() {
      return failure != null ? failure.isOfHost() : status >= 500 || status == 429;
    }
  }

  /** Posts once, and follows nothing. Never fails. */
  Future<Heard> post(HookUrl url, Notice notice, byte[] body);
}
