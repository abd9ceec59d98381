package io.payonce.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.payonce.model.PaymentId;
import java.util.List;

/**
 * A payment as JSON, with its whole story.
 *
 * @param story null where only marks of the payment are left
 * @param next null where nothing happens by itself
 * @param timeline of what is left of a record; a record's own is part of its story
 * @param tombstone null where it leaves none
 */
record PaymentView(
    @JsonUnwrapped Row row,
    @JsonUnwrapped Story story,
    @JsonUnwrapped Schedule schedule,
    @JsonInclude(Include.NON_NULL) List<Entry> timeline,
    @JsonInclude(Include.NON_NULL) Grave tombstone) {
  /** A line of a list. */
  record Row(
      @JsonUnwrapped Name name,
      @JsonUnwrapped State state,
      @JsonUnwrapped Kept kept,
      Todo todo,
      String dueAt,
      boolean leased,
      String attentionSince) {}

  record Name(String merchantId, String appId, String transactionRequestId) {
    static Name of(PaymentId id) {
      return new Name(id.merchantId(), id.appId(), id.requestId());
    }
  }

  record State(String state, String meaning) {}

  /** The payment as the ledger has it. */
  sealed interface Kept permits Recorded, Remains, Stray {}

  /** Its record. */
  record Recorded(
      @JsonUnwrapped Purpose purpose,
      @JsonUnwrapped Amounts amounts,
      @JsonUnwrapped Sends sends,
      @JsonUnwrapped SupportReferences known)
      implements Kept {}

  record Purpose(
      String outcome, String operation, String order, String account, String otherPlatform) {}

  record Amounts(String amount, String otherAmount) {}

  record Sends(int attempts, int platformIds, String begunAt, String lastIntentAt) {}

  /** Marks of what is forgotten. */
  record Remains(String outcome, String order, String otherAmount) implements Kept {}

  /** An order that it holds, and nothing else. */
  record Stray(String order) implements Kept {}

  /** An operator's next step, and where it is explained. */
  record Todo(String text, String title, String runbook) {}

  /** @param platformId null where the platform gives it no id of ours */
  record Story(
      @JsonInclude(Include.NON_NULL) String platformId,
      String fingerprint,
      List<String> marks,
      List<Entry> timeline) {}

  record Schedule(String deadlineAt, String windowEndsAt, Next next, String now) {}

  record Next(String what, String because) {}

  record Grave(String outcome, String platformId) {}

  /** An entry of the timeline; what it does not say is left out, but for its rule. */
  record Entry(
      String at,
      String what,
      String rule,
      @JsonInclude(Include.NON_NULL) String by,
      @JsonInclude(Include.NON_NULL) String note,
      @JsonInclude(Include.NON_NULL) String transactionId,
      @JsonInclude(Include.NON_NULL) String platformTraceId) {}
}
