package io.payonce.e2e;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The platform's official SDK for Node, installed below {@code target}. */
final class NodeSdk {
  static final Path PLACE = Path.of("target/sdk");

  private static final Path LOCK = Path.of("target/sdk.lock");
  private static final Path SOURCE = Path.of("src/test/sdk");

  private NodeSdk() {}

  /**
   * Installs it, unless it is there. Not well where there is no node, no npm or no registry; in CI
   * a registry that fails is an error.
   */
  static synchronized Command.Done install() throws IOException, InterruptedException {
    Files.createDirectories(PLACE);
    try (FileChannel lock = FileChannel.open(LOCK, CREATE, WRITE);
        FileLock alone = lock.lock()) { // the other JVM of the tests may install it, too
      return alone.isValid() ? installed() : new Command.Done(false, "no lock");
    }
  }

  private static Command.Done installed() throws IOException, InterruptedException {
    for (String tool : List.of("node", "npm")) {
      Command.Done there = Command.run(PLACE, tool, "--version");
      if (!there.well()) {
        return new Command.Done(false, "no " + tool + " on the PATH");
      }
    }
    boolean there = isInstalled();
    for (String file :
        List.of("package.json", "package-lock.json", "checkout.mjs", "notified.mjs")) {
      Files.write(PLACE.resolve(file), Files.readAllBytes(SOURCE.resolve(file)));
    }
    if (there) {
      return new Command.Done(true, "");
    }
    Command.Done npm = Command.run(
        PLACE, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
    if (!npm.well() && "true".equals(System.getenv("CI"))) {
      throw new IllegalStateException("npm ci failed: " + npm.out());
    }
    return npm.well() ? npm : new Command.Done(false, "npm cannot install the SDK here");
  }

  /** From an earlier run, by the same lock file; npm writes its own copy when it has finished. */
  private static boolean isInstalled() throws IOException {
    Path lock = PLACE.resolve("package-lock.json");
    return Files.exists(PLACE.resolve("node_modules/.package-lock.json"))
        && Files.exists(lock)
        && Files.mismatch(lock, SOURCE.resolve("package-lock.json")) < 0;
  }
}
