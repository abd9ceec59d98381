package io.payonce.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NextReleaseTest {
  @TempDir
  Path folder;

  /** It changes a few words of today's sources, which may have moved. */
  @Test
  void a_later_version_is_still_made_of_todays_sources() {
    Path first = Path.of(NextRelease.in(folder).split(File.pathSeparator, 2)[0]);
    assertThat(first.resolve("io/payonce/ledger/redis"))
        .isDirectoryContaining("glob:**/begin.lua")
        .isDirectoryContaining("glob:**/packed.lua")
        .isDirectoryContaining("glob:**/FixedFields.class");
  }
}
