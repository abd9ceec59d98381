package io.payonce.settings;

import io.payonce.settings.Loaded.Faulty;
import io.payonce.settings.Loaded.Ready;
import io.payonce.settings.source.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Loads the configuration again when one of its files holds something else: a parse takes some ten
 * times as long as a look, and idle pods do little besides. Example: a secret is exchanged while
 * the configuration is being read. The contents before and after differ, so the next look reads it
 * all once more.
 */
final class ChangedFiles implements Callable<Ready> {
  private final Supplier<Optional<Path>> file;
  private final Function<Optional<Path>, Loaded> load;
  private Ready last;
  private String held;

  /** @param file may come and go */
  ChangedFiles(Supplier<Optional<Path>> file, Function<Optional<Path>, Loaded> load) {
    this.file = file;
    this.load = load;
  }

  /** @throws IllegalArgumentException naming all that is wrong with them */
  @Override
  public synchronized Ready call() {
    Optional<Path> path = file.get();
    if (last != null && path.filter(ChangedFiles::isSpent).isPresent()) {
      return last;
    }
    String before = last == null ? null : contents(path);
    if (before != null && before.equals(held)) {
      return last;
    }
    held = null; // what is faulty is read anew each time: its cause may lie elsewhere
    last = sound(load.apply(path));
    held = before != null && before.equals(contents(path)) ? before : null;
    return last;
  }

  /** A pipe gives what it holds once; who waits for more of it waits for ever. */
  private static boolean isSpent(Path path) {
    return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
  }

  private static Ready sound(Loaded loaded) {
    if (loaded instanceof Ready ready) {
      return ready;
    }
    throw new IllegalArgumentException(((Faulty) loaded)
        .faults().stream().map(Object::toString).collect(Collectors.joining("; ")));
  }

  /** Of that file, and of those from which it had its secrets. */
  private String contents(Optional<Path> path) {
    MessageDigest all = sha256();
    Stream.concat(path.stream(), last.settings().secretFiles().stream().map(SecretFile::path))
        .forEach(each -> {
          all.update((each + "\n").getBytes(StandardCharsets.UTF_8));
          all.update(content(each));
        });
    return HexFormat.of().formatHex(all.digest());
  }

  private static byte[] content(Path path) {
    try {
      return isSpent(path) ? new byte[0] : sha256().digest(Files.readAllBytes(path));
    } catch (IOException missing) {
      return missing.getClass().getName().getBytes(StandardCharsets.UTF_8);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
