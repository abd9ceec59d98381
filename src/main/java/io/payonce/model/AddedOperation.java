package io.payonce.model;

import io.payonce.model.Operation.Doubt;
import io.payonce.model.Operation.OrderKey;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A money call of the platform that an operator has described, because it is younger than this
 * program.
 *
 * @param label its name in metrics and logs
 * @param orderMember which member of a body names the order: that is paid by it, as by a sale;
 *     {@link #ORIGINAL} locks the original transaction, as a refund does; {@link #NO_ORDER} nothing
 * @param idMember which member of a body names the payment
 * @param required further members that a body must have
 */
public record AddedOperation(
    String label,
    String path,
    String orderMember,
    String idMember,
    Doubt doubt,
    List<String> required) {
  /** In place of a member's name: the order is that of the original transaction. */
  public static final String ORIGINAL = "original";

  /** In place of a member's name: there is no order. */
  public static final String NO_ORDER = "none";

  public static final String REQUEST_ID = "transactionRequestId";

  public static final String REFERENCE_ID = "referenceOrderId";

  /** As configuration and records spell it. */
  private static final Map<String, Doubt> DOUBTS =
      Map.of("confirm", Doubt.CONFIRM, "repeat", Doubt.REPEAT_THEN_ASK, "never", Doubt.ASK_ONLY);

  private static final Pattern STORED = Pattern.compile(
      "([a-z0-9-]+)=(/v1/[\\w./-]+);([\\w-]+);(confirm|repeat|never)(?:;([\\w-]+))?");

  /**
   * Read from records, so that not each reading takes one apart: there are as many as
   * configurations have named. Beyond so many they are taken apart each time; half would do as
   * well.
   */
  private static final int MOST_KEPT = 256;

  private static final Map<String, Operation> KEPT = new ConcurrentHashMap<>();

  /** Members that are read for what they are, of whatever call. */
  private static final Set<String> READ = Set.of(
      "appId",
      "merchantId",
      REQUEST_ID,
      REFERENCE_ID,
      "transactionId",
      "originalTransactionId",
      "originalTransactionRequestId",
      "terminalSn",
      "channelCode",
      "amount.orderAmount",
      "amount.priceCurrency",
      "tipAmount",
      "description",
      "paymentMethod",
      "sessionId");

  public AddedOperation {
    required = List.copyOf(required);
  }

  /** Names that figures and lines of the log have for other things. */
  private static final Set<String> TAKEN = Set.of("other", "call", "payment");

  /**
   * A name for a call: the end of its path, as short as no other call is called.
   *
   * @param others that have theirs
   */
  public static String labelOf(String path, List<AddedOperation> others) {
    String[] parts =
        path.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9/]+", "-").split("/");
    String label = "";
    for (int part = parts.length - 1;
        part > 1 && (label.isEmpty() || isTaken(label, others));
        part--) {
      label = label.isEmpty() ? parts[part] : parts[part] + "-" + label;
    }
    String whole = label;
    int number = 2;
    while (isTaken(label, others)) {
      label = whole + "-" + number++;
    }
    return label;
  }

  private static boolean isTaken(String label, List<AddedOperation> others) {
    return TAKEN.contains(label)
        || Operation.known().stream().anyMatch(known -> known.label().equals(label))
        || others.stream().anyMatch(other -> other.label().equals(label));
  }

  /** Null when it is no such word. */
  public static Doubt doubt(String word) {
    return DOUBTS.get(word);
  }

  public String doubtWord() {
    return switch (doubt) {
      case CONFIRM -> "confirm";
      case REPEAT_THEN_ASK, REPEAT -> "repeat";
      case ASK_ONLY -> "never";
    };
  }

  public OrderKey orderKey() {
    return switch (orderMember) {
      case ORIGINAL -> OrderKey.ORIGINAL;
      case NO_ORDER -> OrderKey.NO_ORDER;
      default -> OrderKey.REFERENCE;
    };
  }

  /** True when answers name the order by the member that they always do. */
  public boolean showsOrder() {
    return orderMember.equals(REFERENCE_ID);
  }

  /**
   * Of what is required, the members of which nothing more is known than that they must be there;
   * also those whose names are others' here.
   */
  public List<String> members() {
    return required.stream()
        .filter(member -> !member.equals(idMember) && !member.equals(orderMember))
        .filter(member -> !READ.contains(member) || isDisplaced(member))
        .toList();
  }

  /** The member that the payment, or its order, is usually named by, and is not here. */
  private boolean isDisplaced(String member) {
    return member.equals(REQUEST_ID)
        || member.equals(REFERENCE_ID) && orderKey() == OrderKey.REFERENCE;
  }

  public Operation operation() {
    return Operation.of(this);
  }

  /** All that it takes to bring a payment to its end; what is required was checked at its begin. */
  String stored() {
    String terms = label + "=" + path + ";" + orderMember + ";" + doubtWord();
    return idMember.equals(REQUEST_ID) ? terms : terms + ";" + idMember;
  }

  /** Null when it is not written as {@link #stored} writes. */
  static Operation read(String stored) {
    Operation kept = stored == null ? null : KEPT.get(stored);
    if (kept != null || stored == null) {
      return kept;
    }
    Matcher parts = STORED.matcher(stored);
    if (!parts.matches()) {
      return null;
    }
    Operation read = new AddedOperation(
            parts.group(1),
            parts.group(2),
            parts.group(3),
            parts.group(5) == null ? REQUEST_ID : parts.group(5),
            doubt(parts.group(4)),
            List.of())
        .operation();
    if (KEPT.size() < MOST_KEPT) {
      KEPT.put(stored, read);
    }
    return read;
  }
}
