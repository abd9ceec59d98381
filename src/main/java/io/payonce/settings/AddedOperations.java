package io.payonce.settings;

import io.payonce.model.AddedOperation;
import io.payonce.model.Operation;
import io.payonce.model.Operations;
import io.payonce.model.RequestFields;
import io.payonce.settings.source.ConfigFault;
import io.payonce.settings.source.Key;
import io.payonce.settings.source.Section;
import io.payonce.settings.source.SectionList;
import io.payonce.settings.source.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks the calls that an operator describes: nothing that Payonce knows already can be described
 * otherwise, and no member can have two meanings.
 */
final class AddedOperations {
  /** More would be a platform of its own; each has a set of figures. */
  private static final int MOST = 32;

  /** Members that have a meaning of their own for every call. */
  private static final Set<String> TAKEN = Set.of(
      "appId",
      "merchantId",
      "amount",
      "notifyUrl",
      "originalTransactionId",
      "originalTransactionRequestId",
      "transactionId");

  private final List<ConfigFault> faults = new ArrayList<>();
  private final Map<String, Section> seen = new HashMap<>();

  private AddedOperations() {}

  static List<ConfigFault> faults(Values values) {
    AddedOperations rules = new AddedOperations();
    List<Section> sections = values.sections(SectionList.OPERATIONS);
    sections.forEach(rules::judge);
    if (sections.size() > MOST) {
      rules.fault(sections.get(MOST), Key.OPERATION_PATH, "no more than " + MOST + " of them");
    }
    return rules.faults;
  }

  private void judge(Section section) {
    if (isThere(section, Key.OPERATION_PATH)) {
      path(section, section.values().text(Key.OPERATION_PATH));
    }
    if (isThere(section, Key.OPERATION_ID)) {
      id(section, section.values().text(Key.OPERATION_ID));
    }
    if (section.values().list(Key.OPERATION_REQUIRED).size() > RequestFields.MOST_ADDED) {
      fault(
          section,
          Key.OPERATION_REQUIRED,
          "no more than " + RequestFields.MOST_ADDED + " members: the platform checks the others");
    }
    if (isThere(section, Key.OPERATION_ORDER)) {
      order(section, section.values().text(Key.OPERATION_ORDER));
    }
  }

  private static boolean isThere(Section section, Key key) {
    return section.values().sound(Set.of(key)) && section.values().has(key);
  }

  private void path(Section section, String path) {
    String plain = path.toLowerCase(Locale.ROOT);
    Operation known = Operation.known().stream()
        .filter(operation -> isLike(plain, operation.path()))
        .findFirst()
        .orElse(null);
    Section before = seen.putIfAbsent(plain, section);
    if (known != null) {
      fault(
          section,
          Key.OPERATION_PATH,
          "a call that Payonce does not know: this one is its operation " + known.label());
    } else if (Operations.isQuestion(plain)) {
      fault(
          section,
          Key.OPERATION_PATH,
          "a call that moves money: one that ends so is a question of the platform's, and is passed"
              + " on");
    } else if (before != null) {
      fault(section, Key.OPERATION_PATH, "none that " + before.path(Key.OPERATION_PATH) + " has");
    }
  }

  /** Some servers overlook case, and an ending such as .json. */
  private static boolean isLike(String path, String known) {
    int dot = path.indexOf('.', path.lastIndexOf('/') + 1);
    return (dot < 0 ? path : path.substring(0, dot)).equals(known);
  }

  private void id(Section section, String member) {
    boolean isWord =
        member.equals(AddedOperation.ORIGINAL) || member.equals(AddedOperation.NO_ORDER);
    if (isWord || TAKEN.contains(member)) {
      fault(
          section,
          Key.OPERATION_ID,
          "a member that names nothing but the payment: without one, no repeat could be"
              + " distinguished from another payment");
    }
  }

  private void order(Section section, String member) {
    boolean isOriginal = member.startsWith("originalTransaction");
    if (isWordInOtherLetters(member)) {
      fault(section, Key.OPERATION_ORDER, member.toLowerCase(Locale.ROOT) + ", in small letters");
    } else if (isOriginal) {
      fault(section, Key.OPERATION_ORDER, "original, for what is done to an earlier transaction");
    } else if (TAKEN.contains(member) || member.equals(AddedOperation.REQUEST_ID)) {
      fault(section, Key.OPERATION_ORDER, "a member that names nothing but the order");
    } else if (!member.equals(AddedOperation.NO_ORDER)
        && isThere(section, Key.OPERATION_ID)
        && member.equals(section.values().text(Key.OPERATION_ID))) {
      fault(section, Key.OPERATION_ORDER, "another member than id");
    }
  }

  /** None would lock by a member that no body has. */
  private static boolean isWordInOtherLetters(String member) {
    return Stream.of(AddedOperation.ORIGINAL, AddedOperation.NO_ORDER)
        .anyMatch(word -> word.equalsIgnoreCase(member) && !word.equals(member));
  }

  private void fault(Section section, Key key, String expected) {
    faults.add(new ConfigFault(
        section.path(key), section.values().source(key), section.values().text(key), expected));
  }
}
