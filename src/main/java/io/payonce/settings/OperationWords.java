package io.payonce.settings;

import io.payonce.model.AddedOperation;
import java.util.List;

/** Says in a sentence what the description of a call means: what is locked, and what doubt does. */
public final class OperationWords {
  private OperationWords() {}

  /** One line for each. */
  public static List<String> of(Settings settings) {
    int maxAttempts = settings.recovery().maxAttempts();
    return settings.operations().stream()
        .map(operation -> of(operation, maxAttempts))
        .toList();
  }

  /** @param maxAttempts sends of one payment in all */
  private static String of(AddedOperation operation, int maxAttempts) {
    return "operation %s: POST %s %s; while its outcome is unknown, %s%s"
        .formatted(
            operation.label(),
            operation.path(),
            locked(operation),
            doubt(operation, maxAttempts),
            required(operation));
  }

  private static String required(AddedOperation operation) {
    return operation.required().isEmpty()
        ? ""
        : "; without " + String.join(", ", operation.required()) + " it is refused (C01)";
  }

  private static String locked(AddedOperation operation) {
    return switch (operation.orderKey()) {
      case ORIGINAL, ORIGINAL_OR_REFERENCE ->
        "locks the transaction that originalTransactionId or originalTransactionRequestId name, as a"
            + " refund does";
      case NO_ORDER, TERMINAL_CHANNEL ->
        "locks no order, and is distinguished from others by its " + operation.idMember()
            + " alone";
      case REFERENCE ->
        "locks the order that " + operation.orderMember() + " names and pays it, as a sale does";
    };
  }

  private static String doubt(AddedOperation operation, int maxAttempts) {
    return switch (operation.doubt()) {
      case CONFIRM ->
        "the platform is asked for its " + operation.idMember()
            + ", and it is sent again only if the platform knows nothing of it";
      case REPEAT, REPEAT_THEN_ASK ->
        "the same is sent again, %d times in all, then asked about; code 0 without a status is done"
            .formatted(maxAttempts);
      case ASK_ONLY ->
        "the platform is asked for its " + operation.idMember()
            + ", and it is never sent again; code 0 without a status is done";
    };
  }
}
