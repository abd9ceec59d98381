package io.payonce.renewal;

import io.payonce.credentials.Credential;

/** Gets every renewal this pod tried. */
@FunctionalInterface
public interface RenewalWatch {
  void renewed(Credential what, boolean worked);
}
