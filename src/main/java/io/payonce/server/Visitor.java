package io.payonce.server;

/**
 * Who calls the admin port.
 *
 * @param name stands in the timeline of what was decided
 */
record Visitor(String name, boolean decides) {
  /** Somebody on this machine, where no token is asked for. */
  static final Visitor LOCAL = new Visitor("somebody on the pod's machine", true);

  /** Who is told no more than is in every copy of the program. */
  static final Visitor STRANGER = new Visitor("nobody", false);
}
