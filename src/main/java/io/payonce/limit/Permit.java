package io.payonce.limit;

import io.payonce.model.Answer;

/** The place of one copy in flight. Exactly one of its methods must be called, once. */
public interface Permit {
  /** The copy went to the platform, and this came of it. */
  void answered(Answer answer, long tookNanos);

  /** The copy was not needed after all. */
  void release();
}
