package io.payonce.platform;

/** Told of every renewal this pod tried. */
@FunctionalInterface
public interface RenewalWatch {
  void renewed(Credential what, boolean worked);
}
