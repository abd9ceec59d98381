package io.payonce.flow.engine;

import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.CallOutcome;
import io.payonce.flow.port.Inbound;
import io.payonce.flow.port.Outbound;
import io.payonce.json.Malformed;
import io.payonce.json.MerchantScan;
import io.payonce.json.ProxyEnvelope;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps a client to its own merchants, whatever kind of call it makes. It is asked before anything
 * else and goes by the call alone, so that neither words nor time tell whether there is such a
 * payment.
 */
public final class ClientRights {
  /** Where a path names something: documented ones are words and a version. */
  private static final Pattern WORD = Pattern.compile("v\\d+|[^0-9]*");

  private final Map<String, Set<String>> merchants;
  private final Accounts accounts;

  /** @param merchants by client; who is not in it may call for all */
  public ClientRights(Map<String, Set<String>> merchants, Accounts accounts) {
    this.merchants = merchants;
    this.accounts = accounts;
  }

  /** The answer to a client that may not make this call; null for who may. */
  public Outbound refusal(Inbound inbound) {
    Set<String> own = of(inbound);
    if (own == null) {
      return null;
    }
    try {
      return refusal(inbound, own);
    } catch (Malformed unread) {
      return refused(
          inbound,
          "this key may act for some merchants only, and which one is meant cannot be read: "
              + unread.getMessage());
    }
  }

  private Outbound refusal(Inbound inbound, Set<String> own) throws Malformed {
    MerchantScan.Named query = MerchantScan.query(inbound.query());
    MerchantScan.Named body = hasBody(inbound) ? MerchantScan.body(inbound.body()) : query;
    boolean forwarded = inbound.operation() == null;
    String meant = body.plain(); // without a body that is the query's
    if (meant == null) {
      return refused(
          inbound, "this key may act for some merchants only, and the call names no merchantId");
    }
    boolean may = own.containsAll(body.all())
        && own.containsAll(query.all())
        && own.containsAll(form(inbound))
        && headers(inbound).allMatch(own::contains)
        && (!forwarded || path(inbound).allMatch(own::contains));
    if (!may) {
      return refused(inbound, "this key may not act for that merchant");
    }
    return accounts.isAnothers(Accounts.appId(inbound), meant)
        ? refused(inbound, "that appId is not of that merchant's account")
        : null;
  }

  /**
   * The same for an answer: what is another merchant's is as good as none. A payment's own answer
   * may name numbers besides that are no merchant's here, for instance an acquirer's:
   * {@link OneMerchant} has seen to whose it is, and its caller could not learn in any other way
   * that it is paid.
   */
  public Outbound shown(Inbound inbound, Outbound answer) {
    Set<String> own = of(inbound);
    return own == null
            || answer.source() == Outbound.Source.PROXY
            || isOf(
                own, answer, inbound.operation() != null && inbound.operation().isLedgered())
        ? answer
        : Outbound.of(
            StoredReply.unreadable(inbound.traceId()),
            Outbound.Source.PROXY,
            answer.sent(),
            answer.attempts(),
            CallOutcome.SILENT);
  }

  /** True for a client that may act for some merchants only. */
  public boolean isKept(Inbound inbound) {
    return of(inbound) != null;
  }

  /** For such a client: the page that it means is not known as that merchant's. */
  public static Outbound anothersPage(Inbound inbound) {
    return refused(
        inbound,
        "this key may act for some merchants only, and that one is not known to have this page");
  }

  /** Null for who may call for all. */
  private Set<String> of(Inbound inbound) {
    return inbound.client() == null ? null : merchants.get(inbound.client());
  }

  private static boolean hasBody(Inbound inbound) {
    return !inbound.method().equals("GET")
        && (inbound.operation() != null || inbound.body().length > 0);
  }

  /** The type that a caller claims goes along. */
  private static Set<String> form(Inbound inbound) {
    boolean claimed = inbound.headers().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("Content-Type"))
        .anyMatch(header -> header.getValue().toLowerCase(Locale.ROOT).contains("form"));
    return claimed ? MerchantScan.form(inbound.body()) : Set.of();
  }

  private static Stream<String> headers(Inbound inbound) {
    return inbound.headers().stream()
        .filter(header -> MerchantScan.isMerchant(header.getKey()))
        .map(Map.Entry::getValue);
  }

  /** What may be a merchant there, or an id of one: with a digit, or known to be a merchant. */
  private Stream<String> path(Inbound inbound) {
    String path = inbound.target().split("\\?", 2)[0];
    return Arrays.stream(path.split("/"))
        .filter(part -> !WORD.matcher(part).matches() || isMerchant(part));
  }

  private boolean isMerchant(String name) {
    return !accounts.of(null, name).isDefault()
        || merchants.values().stream().anyMatch(list -> list.contains(name));
  }

  private boolean isOf(Set<String> own, Outbound answer, boolean payments) {
    try {
      return MerchantScan.body(answer.reply().body()).all().stream()
          .allMatch(named -> own.contains(named) || payments && !isMerchant(named));
    } catch (Malformed unread) {
      return payments;
    }
  }

  private static Outbound refused(Inbound inbound, String why) {
    return Outbound.refusal(
        ProxyEnvelope.refusal("S06", why + "; nothing was sent", inbound.traceId()),
        CallOutcome.FORBIDDEN);
  }
}
