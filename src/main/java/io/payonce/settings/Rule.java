package io.payonce.settings;

import io.payonce.settings.source.ConfigFault;
import io.payonce.settings.source.Key;
import io.payonce.settings.source.Section;
import io.payonce.settings.source.Values;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A statement over several keys.
 *
 * @param level how much it matters when it does not hold
 * @param key the key an operator should change
 * @param others what else it reads; it is not judged while one of them is faulty itself
 */
record Rule(
    Level level,
    Key key,
    Set<Key> others,
    Predicate<Values> holds,
    Function<Values, String> expected) {

  enum Level {
    FAULT,
    FAULT_FOR_SERVE,
    WARNING
  }

  boolean isWarning(Profile profile) {
    return level == Level.WARNING && profile == Profile.SERVE;
  }

  boolean isFault(Profile profile) {
    return level == Level.FAULT || (level == Level.FAULT_FOR_SERVE && profile == Profile.SERVE);
  }

  boolean isBroken(Values values) {
    return values.sound(Set.of(key)) && values.sound(others) && !holds.test(values);
  }

  ConfigFault fault(Section section) {
    Values values = section.values();
    String source = values.isGiven(key) ? values.source(key) : section.source();
    return new ConfigFault(section.path(key), source, values.shown(key), expected.apply(values));
  }

  ConfigFault fault(Values values) {
    return new ConfigFault(key.path, values.source(key), values.shown(key), expected.apply(values));
  }
}
