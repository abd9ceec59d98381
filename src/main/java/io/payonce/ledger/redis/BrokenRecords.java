package io.payonce.ledger.redis;

import io.payonce.ledger.BrokenRecord;
import io.payonce.ledger.EndListener;
import io.payonce.ledger.LedgerAdmin.Buried;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.PlatformOfRecord;
import io.payonce.ledger.Tombstone;
import io.payonce.model.Abilities;
import io.payonce.model.Amount;
import io.payonce.model.PaymentId;
import io.payonce.model.PaymentRef;
import io.payonce.recovery.History;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what is left of broken and missing records, and ends them by an operator's decision. */
record BrokenRecords(
    ScriptRunner moves, LedgerSettings settings, Abilities abilities, EndListener ends) {
  private static final int NOW = 1;
  private static final int KIND = 2;
  private static final int STAGE = 3;
  private static final int FENCE = 4;
  private static final int TERMS = 5;
  private static final int OUTCOME = 6;
  private static final int HISTORY = 7;
  private static final int INTENT_AT = 8;
  private static final int PLATFORM = 9;
  private static final int AMOUNT = 10;
  private static final int NOTICED_AT = 11;
  private static final int STRAY = 12;
  private static final int OTHER_AMOUNT = 13;

  /** Begins the field of the charter that names a platform. */
  private static final String OF = "of:";

  /** The tombstone of a payment whose request is unknown: any repeat is of it. */
  private static final String ANY = "*";

  Future<BrokenRecord> salvage(PaymentId id) {
    LedgerKeys keys = LedgerKeys.of(id);
    return moves
        .make(
            LedgerScript.SALVAGE,
            List.of(
                keys.payment(),
                keys.ended(),
                keys.attention(),
                keys.stray(),
                keys.tomb(),
                keys.archive(),
                keys.wreck()),
            List.of(id.toString(), ArchiveName.of(id)))
        .compose(reply -> whose(reply.rest()).map(whose -> read(id, reply.rest(), whose)));
  }

  /** What says what it is, and names no platform, is of the first one, as all records are. */
  private Future<PlatformOfRecord> whose(Response response) {
    HomePlatform home = settings.home();
    String named = text(response, PLATFORM);
    if (!named.isEmpty() || FixedFields.read(text(response, TERMS)).isPresent()) {
      return Future.succeededFuture(
          new PlatformOfRecord(home.accounts(), Set.of(named.isEmpty() ? home.first() : named)));
    }
    return platforms().map(all -> new PlatformOfRecord(home.accounts(), withAccounts(all)));
  }

  /** Which of a platform's accounts it was, the charter does not know. */
  private Set<String> withAccounts(Set<String> platforms) {
    HomePlatform home = settings.home();
    Set<String> all = new HashSet<>(platforms);
    if (platforms.contains(home.own())) {
      all.addAll(home.accounts().keySet());
    }
    return all;
  }

  /** All that this ledger has worked for, as its charter remembers. */
  private Future<Set<String>> platforms() {
    Request all = Request.cmd(Command.HGETALL).arg(moves.named(LedgerKeys.charter()));
    return moves
        .send(LedgerKeys.charter(), all)
        .map(charter -> charter.getKeys().stream()
            .filter(field -> field.startsWith(OF) || field.equals("platform"))
            .map(field -> field.startsWith(OF)
                ? field.substring(OF.length())
                : charter.get(field).toString())
            .collect(Collectors.toSet()));
  }

  private BrokenRecord read(PaymentId id, Response response, PlatformOfRecord whose) {
    Optional<FixedFields> terms = FixedFields.read(text(response, TERMS));
    long noticed = (long) Double.parseDouble(text(response, NOTICED_AT));
    String stray = text(response, STRAY);
    return new BrokenRecord(
        new PaymentRef(
            id,
            terms.map(FixedFields::orderOrNull).orElse(stray.isEmpty() ? null : stray),
            terms.map(FixedFields::fingerprint).orElse(null)),
        text(response, KIND).equals("none"),
        terms.map(FixedFields::operation).orElse(null),
        amount(text(response, AMOUNT)),
        new BrokenRecord.State(
            text(response, STAGE),
            text(response, FENCE),
            outcome(text(response, OUTCOME)),
            text(response, OTHER_AMOUNT).isEmpty() ? null : text(response, OTHER_AMOUNT)),
        new BrokenRecord.Sends(
            attempts(text(response, HISTORY)),
            Math.max(noticed, intentAt(text(response, INTENT_AT))),
            response.get(NOW).toLong()),
        whose);
  }

  /** An unknown word is none. */
  private static Outcome outcome(String word) {
    for (Outcome outcome : Outcome.values()) {
      if (outcome.word().equals(word)) {
        return outcome;
      }
    }
    return null;
  }

  private static int attempts(String history) {
    try {
      return Math.max(1, History.decode(history).generation());
    } catch (RuntimeException unreadable) {
      return 1;
    }
  }

  private static Amount amount(String encoded) {
    try {
      return encoded.isEmpty() ? Amount.UNSAID : Amount.decode(encoded);
    } catch (RuntimeException unreadable) {
      return Amount.UNSAID;
    }
  }

  private static long intentAt(String millis) {
    return millis.matches("\\d{1,18}") ? Long.parseLong(millis) : 0;
  }

  private static String text(Response response, int at) {
    return response.get(at).toString();
  }

  /** @param pays whether its order counts as paid from then on */
  Future<Buried> bury(
      BrokenRecord wreck, Outcome outcome, String platformId, boolean pays, String event) {
    PaymentId id = wreck.id();
    LedgerKeys keys = LedgerKeys.of(id);
    return moves
        .makeDurably(
            LedgerScript.BURY,
            List.of(
                keys.payment(),
                keys.ended(),
                keys.due(),
                keys.attention(),
                keys.tomb(),
                keys.order(wreck.order()),
                keys.back(wreck.order()),
                keys.stray(),
                keys.wreck(),
                keys.outcomes(),
                keys.notice(),
                keys.outbox(),
                keys.archive()),
            List.of(
                id.requestId(),
                id.toString(),
                wreck.state().stage(),
                wreck.state().token(),
                ScriptArgs.orNone(wreck.order()),
                outcome.word(),
                wreck.ref().fingerprint() == null ? ANY : wreck.ref().fingerprint(),
                Tombstone.mark(id, platformId),
                pays && settings.onePayment(id) ? "1" : "0",
                settings.keepMillis(),
                ScriptArgs.line(event, abilities),
                wreck.whose().isOurs() ? wreck.whose().name() : settings.home().own(),
                settings.home().first(),
                settings.journalArg(),
                settings.noticeMillis(),
                ScriptArgs.rule(event),
                ArchiveName.order(id, wreck.order(), settings.home()),
                ArchiveName.of(id)))
        .map(reply -> switch (reply.word()) {
          case BURIED -> {
            if (wreck.outcome() == null) {
              ends.ended(id, () -> FixedFields.end(outcome, 0, reply, 2));
            }
            yield Buried.BURIED;
          }
          case MOVED -> Buried.MOVED;
          case NEWER -> Buried.NEWER;
          case NOT_HELD -> Buried.NOT_HELD;
        });
  }
}
