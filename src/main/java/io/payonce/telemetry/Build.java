package io.payonce.telemetry;

/** Names this program, for metrics and traces. */
final class Build {
  private Build() {}

  /** As the jar's manifest has it. */
  static String version() {
    String version = Build.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }
}
