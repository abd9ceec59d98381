package io.payonce.settings;

import io.payonce.settings.source.Secret;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One who may use the admin port.
 *
 * @param name for the timeline of what was decided; empty for a token without one
 * @param whole as it is configured, name and all: in earlier versions that was the token
 */
public record AdminToken(Optional<String> name, Secret token, Secret whole) {
  private static final Pattern NAMED = Pattern.compile("([A-Za-z0-9._-]{1,32}):(.+)");

  static AdminToken parse(String row) {
    Matcher named = NAMED.matcher(row);
    return named.matches()
        ? new AdminToken(Optional.of(named.group(1)), new Secret(named.group(2)), new Secret(row))
        : new AdminToken(Optional.empty(), new Secret(row), new Secret(row));
  }
}
