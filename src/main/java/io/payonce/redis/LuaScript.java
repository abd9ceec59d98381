package io.payonce.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A Lua script and the name Redis knows it by: the SHA-1 of its source. */
public record LuaScript(String name, String source, String sha1) {

  /**
   * Reads {@code resource} (say {@code begin.lua}) beside the class {@code near}; its name is the
   * file's without the ending.
   */
  public static LuaScript load(Class<?> near, String resource) {
    try (InputStream in = near.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("no script " + resource + " beside " + near.getName());
      }
      String source = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return of(
          resource.substring(resource.lastIndexOf('/') + 1).replaceFirst("\\.lua$", ""), source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static LuaScript of(String name, String source) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.UTF_8));
      return new LuaScript(name, source, HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-1", e);
    }
  }

  @Override
  public String toString() {
    return name + " (" + sha1 + ")";
  }
}
