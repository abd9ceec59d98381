package io.payonce.settings;

/** Says what the settings are for: the sandbox runs on defaults alone, serve insists on secrets. */
public enum Profile {
  SANDBOX,
  SERVE
}
