package io.payonce.outcome;

import io.vertx.core.Future;

/** The port to callers' hooks. */
public interface Hooks {
  /** The status that a hook answered with, or why there was none. */
  record HookAnswer(int status, HookFailure failure, long millis) {
    public static HookAnswer answered(int status, long millis) {
      return new HookAnswer(status, null, millis);
    }

    public static HookAnswer failed(HookFailure failure, long millis) {
      return new HookAnswer(0, failure, millis);
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
  Future<HookAnswer> post(HookUrl url, Notice notice, byte[] body);
}
