package io.payonce.limit;

import io.payonce.model.Answer;

/** Gives one send its place in flight. Exactly one of its methods must be called, once. */
public interface Permit {
  /** The send went to the platform, and this came of it. */
  void answered(Answer answer, long tookNanos);

  /** The send was not needed after all. */
  void release();
}
