package io.payonce.admin;

/**
 * Names the caller of the admin port.
 *
 * @param name stands in the timeline of what was decided
 */
record Operator(String name, boolean decides) {
  /** Whoever calls on this machine, where no token is asked for. */
  static final Operator LOCAL = new Operator("an operator on the pod's machine", true);

  /** Who is shown no more than is public in the program itself. */
  static final Operator STRANGER = new Operator("nobody", false);
}
