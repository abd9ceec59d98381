package io.payonce.settings.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads the small text files that hold one secret each. */
final class SecretText {
  /** Enough for thousands of client keys; beyond it the wrong file was named. */
  private static final int MAX_BYTES = 1_048_576;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private SecretText() {}

  /**
   * @throws IOException if it is missing, unreadable, too large, empty or not UTF-8; the message
   *     never quotes the content
   * @param mayBeMissing where no file, or one without a secret, is the usual state
   */
  static RawValue read(RawValue indirect, boolean mayBeMissing) throws IOException {
    Path path = pathOf(indirect.text());
    if (mayBeMissing && Files.notExists(path)) {
      return indirect.read("", path);
    }
    String content = content(path);
    if (content.isBlank() && !mayBeMissing) {
      throw new IOException("the file is empty");
    }
    return indirect.read(content, path);
  }

  /** @throws IOException as {@link #read}, but that it may be empty */
  static String content(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new IOException("there is no such file");
    }
    return decode(bytes(path));
  }

  private static Path pathOf(String text) throws IOException {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IOException("not a path", e);
    }
  }

  private static byte[] bytes(Path path) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw new IOException("it cannot be read: " + e.getClass().getSimpleName(), e);
    }
    if (bytes.length > MAX_BYTES) {
      throw new IOException("it is larger than " + MAX_BYTES + " bytes");
    }
    return bytes;
  }

  /** Some editors put a mark before the text, which is none of it. */
  private static String decode(byte[] bytes) throws IOException {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (IOException e) {
      throw new IOException("it is not UTF-8", e);
    }
  }
}
