package io.payonce.settings.source;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what the secret files of sections held last. One that is empty or gone while the program
 * runs leaves its old content in use, and everything else of the configuration is read anew: what
 * is wrong with one account stops no change of another.
 *
 * <p>Example: the files of two accounts' {@code webhookSecret} are exchanged, and the first one's
 * comes empty. The second one's is taken, the log names the first, and that is taken when it comes.
 */
public final class FormerSecrets {
  private static final Logger LOG = LoggerFactory.getLogger(FormerSecrets.class);

  /** By the file's name as it is configured. */
  private final Map<String, RawValue> read = new HashMap<>();

  private final Set<String> named = new HashSet<>();

  synchronized void keep(RawValue given, RawValue found) {
    if (given.indirect()) {
      read.put(given.text(), found);
      named.remove(given.text());
    }
  }

  /** Null when it has never been read. */
  synchronized RawValue of(RawValue given) {
    return given.indirect() ? read.get(given.text()) : null;
  }

  /** Once until it can be read again: whoever looks comes back every few seconds. */
  synchronized void name(RawValue given, ConfigFault fault) {
    if (named.add(given.text())) {
      LOG.warn("secret file not read: {}, what it held stays in use", fault);
    }
  }
}
