package io.payonce.settings;

import static io.payonce.settings.Rule.Level.FAULT;
import static io.payonce.settings.Rule.Level.FAULT_FOR_SERVE;
import static io.payonce.settings.Rule.Level.WARNING;
import static io.payonce.settings.source.Key.*;

import io.payonce.model.Intent;
import io.payonce.settings.source.Key;
import io.payonce.settings.source.Values;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Says what must hold between keys, as a table. */
final class Rules {
  /** The platform's SDKs hang up then, and a caller that hung up gets nothing. */
  static final long SDK_TIMEOUT_MILLIS = 30_000;

  /**
   * What a lease needs beyond two connects and one answer: a begin, a settle and a pause of the
   * event loop. Three seconds would be kinder, but the documented defaults (15000 against 2 x 2000
   * + 10000) leave one, and a lease that ends early costs a takeover, never a second charge: the
   * fence and the check before the first byte stand behind it.
   */
  static final long LEASE_MARGIN_MILLIS = 1000;

  static final List<Rule> ALL = List.of(
      fault(
          SERVER_TLS_CERT,
          v -> v.has(SERVER_TLS_CERT) || !v.has(SERVER_TLS_KEY) && !v.has(SERVER_TLS_CLIENT_CA),
          "the certificate too, once server.tls.keyFile or .clientCaFile is set",
          SERVER_TLS_KEY,
          SERVER_TLS_CLIENT_CA),
      fault(
          SERVER_TLS_KEY,
          v -> v.has(SERVER_TLS_KEY) || !v.has(SERVER_TLS_CERT),
          "the private key too, once server.tls.certFile is set",
          SERVER_TLS_CERT),
      fault(
          UPSTREAM_CLIENT_CERT,
          v -> v.has(UPSTREAM_CLIENT_CERT) || !v.has(UPSTREAM_CLIENT_KEY),
          "the certificate too, once upstream.tls.keyFile is set",
          UPSTREAM_CLIENT_KEY),
      fault(
          UPSTREAM_CLIENT_KEY,
          v -> v.has(UPSTREAM_CLIENT_KEY) || !v.has(UPSTREAM_CLIENT_CERT),
          "the private key too, once upstream.tls.certFile is set",
          UPSTREAM_CLIENT_CERT),
      fault(
          UPSTREAM_PROXY,
          v -> !v.has(UPSTREAM_PROXY) || v.text(UPSTREAM_BASE_URL).startsWith("https:"),
          "nothing, or https in upstream.baseUrl: a proxy could read and change what is in the clear",
          UPSTREAM_BASE_URL),
      fault(
          UPSTREAM_PROXY,
          v -> v.has(UPSTREAM_PROXY) || !v.has(UPSTREAM_PROXY_LOGIN),
          "the proxy too, once upstream.proxyLogin is set",
          UPSTREAM_PROXY_LOGIN),
      serve(
          CLIENT_KEYS,
          v -> v.has(CLIENT_KEYS) || v.flag(CLIENT_OPEN),
          "at least one name:key, or client.open=true to let everybody call",
          CLIENT_OPEN),
      fault(
          CLIENT_KEYS,
          v -> distinctKeys(v.list(CLIENT_KEYS)),
          "no key twice, or the caller's name would be a guess"),
      fault(
          CLIENT_MERCHANTS,
          v -> ClientMerchants.isDistinct(v.list(CLIENT_MERCHANTS)),
          "no client twice, and no merchant twice in one list: one of them is a slip"),
      fault(
          CLIENT_MERCHANTS,
          v -> !v.has(CLIENT_KEYS)
              || ClientMerchants.areOf(v.list(CLIENT_MERCHANTS), v.list(CLIENT_KEYS)),
          "names of client.keys only: a name that no key has would limit no client",
          CLIENT_KEYS),
      fault(
          CLIENT_OPEN,
          v -> !v.flag(CLIENT_OPEN) || !v.has(CLIENT_MERCHANTS),
          "false once client.merchants is set: who shows no key would be held by no list",
          CLIENT_MERCHANTS),
      fault(
          ADMIN_TOKEN,
          v -> v.has(ADMIN_TOKEN) || isLoopback(v.text(ADMIN_HOST)),
          "a token, because admin.host is not a loopback address",
          ADMIN_HOST),
      fault(
          ADMIN_TOKEN,
          v -> v.has(ADMIN_TOKEN) || !v.has(ADMIN_READ_TOKEN),
          "a token too, once admin.readToken is set: else no token could decide",
          ADMIN_READ_TOKEN),
      fault(
          ADMIN_READ_TOKEN,
          v -> distinctTokens(v),
          "no token twice, neither here nor in admin.token: what it may would be a guess",
          ADMIN_TOKEN),
      fault(
          ADMIN_PORT,
          v -> v.count(ADMIN_PORT) == 0 || v.count(ADMIN_PORT) != v.count(SERVER_PORT),
          "another port than server.port",
          SERVER_PORT),
      serve(
          REDIS_MODE,
          v -> !v.text(REDIS_MODE).equals("embedded"),
          "standalone or sentinel or cluster: the embedded Redis forgets payments when it stops"),
      serve(
          UPSTREAM_API_KEY,
          v -> v.has(UPSTREAM_API_KEY) || !v.text(SIGNING_MODE).equals("bearer"),
          "the platform's key: signing.mode=bearer has nothing else to identify us by",
          SIGNING_MODE),
      fault(
          SIGNING_SECRET,
          v -> v.has(SIGNING_SECRET) || !SigningNeeds.secretOfOurs(v),
          "a secret for this signing.mode",
          SIGNING_MODE,
          SIGNING_ALGORITHM,
          SIGNING_SECRET_FROM),
      fault(
          SIGNING_SECRET_FROM,
          v -> !SigningNeeds.fromWorkingKey(v) || v.has(WORKING_KEY_PATH),
          "configuration, or credentials.workingKey.path to get a working key from",
          WORKING_KEY_PATH),
      fault(
          SIGNING_SECRET_FROM,
          v -> !SigningNeeds.fromWorkingKey(v) || SigningNeeds.secret(v),
          "configuration: this signing.mode uses no shared secret",
          SIGNING_MODE,
          SIGNING_ALGORITHM),
      valueAt(TMK_VALUE_AT, TMK_PATH),
      valueAt(WORKING_KEY_VALUE_AT, WORKING_KEY_PATH),
      valueAt(SESSION_VALUE_AT, SESSION_PATH),
      fault(
          SIGNING_PRIVATE_KEY,
          v -> v.has(SIGNING_PRIVATE_KEY) || !SigningNeeds.privateKey(v),
          "a private key for this signing.mode",
          SIGNING_MODE,
          SIGNING_ALGORITHM),
      fault(
          SIGNING_KEY_ID,
          v -> v.has(SIGNING_KEY_ID) || !SigningNeeds.messageSignatures(v),
          "a key id: http-message-signatures names its key",
          SIGNING_MODE),
      fault(
          SIGNING_ALGORITHM,
          v -> v.has(SIGNING_ALGORITHM) || !SigningNeeds.messageSignatures(v),
          "one of " + String.join(", ", Signing.ALGORITHMS) + " for http-message-signatures",
          SIGNING_MODE),
      serve(
          LEDGER_ENCRYPTION_KEY,
          v -> v.has(LEDGER_ENCRYPTION_KEY),
          LEDGER_ENCRYPTION_KEY.expect.text() + ", the same on every pod"),
      new Rule(
          FAULT,
          RECOVERY_LEASE,
          Set.of(UPSTREAM_CONNECT_TIMEOUT, UPSTREAM_REQUEST_TIMEOUT),
          v -> v.number(RECOVERY_LEASE) >= leastLeaseMillis(v),
          v ->
              "milliseconds, at least %d = 2 x upstream.connectTimeoutMs + upstream.requestTimeoutMs + %d"
                  .formatted(leastLeaseMillis(v), LEASE_MARGIN_MILLIS)),
      fault(
          RECOVERY_MAX_DELAY,
          v -> v.number(RECOVERY_MAX_DELAY) >= v.number(RECOVERY_FIRST_DELAY),
          "milliseconds, not less than recovery.firstDelayMs",
          RECOVERY_FIRST_DELAY),
      fault(
          RECOVERY_DEADLINE,
          v -> !v.flag(RECOVERY_RESEND_AFTER_WINDOW)
              || v.number(RECOVERY_DEADLINE) > Intent.WINDOW_MILLIS,
          "milliseconds, more than "
              + Intent.WINDOW_MILLIS
              + ": recovery.resendAfterWindow=true could never resend before it",
          RECOVERY_RESEND_AFTER_WINDOW),
      fault(
          WEBHOOK_PORT,
          v -> v.has(WEBHOOK_PORT) || !v.has(WEBHOOK_PUBLIC_URL),
          "a port too, once webhook.publicUrl is set: the platform could not report",
          WEBHOOK_PUBLIC_URL),
      fault(
          WEBHOOK_PORT,
          v -> !v.has(WEBHOOK_PORT)
              || v.count(WEBHOOK_PORT) == 0
              || v.count(WEBHOOK_PORT) != v.count(SERVER_PORT)
                  && v.count(WEBHOOK_PORT) != v.count(ADMIN_PORT),
          "another port than server.port and admin.port: this one faces the internet",
          SERVER_PORT,
          ADMIN_PORT),
      fault(
          WEBHOOK_SECRET,
          v -> v.has(WEBHOOK_SECRET) || !v.has(WEBHOOK_PORT) && !v.has(WEBHOOK_PUBLIC_URL),
          "the platform's signing secret too, once webhook.port or .publicUrl is set: without it"
              + " anybody could say that a payment is paid",
          WEBHOOK_PORT,
          WEBHOOK_PUBLIC_URL),
      fault(
          WEBHOOK_PUBLIC_URL,
          v -> !v.has(WEBHOOK_PUBLIC_URL) || isEncrypted(v.text(WEBHOOK_PUBLIC_URL)),
          "https (http for a loopback address only): notifications cross the internet, and the"
              + " platform wants https"),
      fault(
          NOTIFY_SECRET,
          v -> v.has(NOTIFY_SECRET) || !v.has(WEBHOOK_PUBLIC_URL),
          "a secret too, once webhook.publicUrl is set: the platform then reports to Payonce alone,"
              + " and no shop would learn of its payments",
          WEBHOOK_PUBLIC_URL),
      fault(
          NOTIFY_ALLOW_HOSTS,
          v -> v.has(NOTIFY_ALLOW_HOSTS) || !v.has(WEBHOOK_PUBLIC_URL),
          "the hosts of your callers' notifyUrl too, once webhook.publicUrl is set: no shop would"
              + " learn of its payments from Payonce",
          WEBHOOK_PUBLIC_URL),
      warning(
          NOTIFY_SECRET,
          v -> v.secret(NOTIFY_SECRET).stream().allMatch(key -> key.value().length() >= 16),
          "a secret of 16 characters or more: short ones can be guessed"),
      warning(
          NOTIFY_ALLOW_HOSTS,
          v -> v.list(NOTIFY_ALLOW_HOSTS).stream().noneMatch(Rules::isAnybodys),
          "names of your own: with a bare * or *.com every caller can make Payonce send requests,"
              + " signed by you, to hosts of anybody"),
      warning(
          SERVER_WAIT_BUDGET,
          v -> v.number(SERVER_WAIT_BUDGET) < SDK_TIMEOUT_MILLIS,
          "less than "
              + SDK_TIMEOUT_MILLIS
              + " ms: the platform's SDKs give up then and never get the answer"),
      new Rule(
          WARNING,
          SERVER_DRAIN,
          Set.of(SERVER_WAIT_BUDGET, UPSTREAM_CONNECT_TIMEOUT, UPSTREAM_REQUEST_TIMEOUT),
          v -> v.number(SERVER_DRAIN) >= leastDrainMillis(v),
          v -> ("at least %d ms, the longer of server.waitBudgetMs and upstream.connectTimeoutMs +"
                  + " upstream.requestTimeoutMs: before its end callers that wait get P, and what"
                  + " is being sent is left in doubt")
              .formatted(leastDrainMillis(v))),
      new Rule(
          WARNING,
          RECOVERY_DEADLINE,
          Set.of(SERVER_WAIT_BUDGET, RECOVERY_LEASE),
          v -> v.number(RECOVERY_DEADLINE) >= leastDeadlineMillis(v),
          v ->
              ("at least %d ms, the longer of server.waitBudgetMs and recovery.leaseMs: before it a"
                      + " payment whose send is still being waited for would be listed for review")
                  .formatted(leastDeadlineMillis(v))),
      warning(
          CLIENT_OPEN,
          v -> !v.flag(CLIENT_OPEN),
          "false: everybody who reaches server.port can make payments"),
      warning(
          CLIENT_KEYS,
          v -> v.list(CLIENT_KEYS).stream().allMatch(row -> keyOf(row).length() >= 16),
          "keys of 16 characters or more: short ones can be guessed"),
      warning(
          UPSTREAM_BASE_URL,
          v -> isEncrypted(v.text(UPSTREAM_BASE_URL)),
          "https: keys and card data cross the network in the clear"),
      warning(
          LEDGER_TOMBSTONE,
          v -> v.number(LEDGER_TOMBSTONE) > 0,
          "more than 0: a repeat after ledger.retentionMs is sent blindly, and only the"
              + " platform's memory of the id prevents a second charge"));

  private Rules() {}

  static long leastLeaseMillis(Values v) {
    return 2 * v.number(UPSTREAM_CONNECT_TIMEOUT)
        + v.number(UPSTREAM_REQUEST_TIMEOUT)
        + LEASE_MARGIN_MILLIS;
  }

  private static long leastDrainMillis(Values v) {
    return Math.max(
        v.number(SERVER_WAIT_BUDGET),
        v.number(UPSTREAM_CONNECT_TIMEOUT) + v.number(UPSTREAM_REQUEST_TIMEOUT));
  }

  private static long leastDeadlineMillis(Values v) {
    return Math.max(v.number(SERVER_WAIT_BUDGET), v.number(RECOVERY_LEASE));
  }

  /** By its spelling: a name is not looked up, so only localhost counts. */
  static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d{1,3}){3}");
  }

  private static boolean isAnybodys(String hostPattern) {
    return hostPattern.matches("\\*(\\.[^.:]+)?(:\\d+)?");
  }

  private static boolean isEncrypted(String baseUrl) {
    URI uri = URI.create(baseUrl);
    return uri.getScheme().equals("https") || isLoopback(uri.getHost().replaceAll("[\\[\\]]", ""));
  }

  private static boolean distinctKeys(List<String> rows) {
    return rows.stream().map(Rules::keyOf).distinct().count() == rows.size();
  }

  private static boolean distinctTokens(Values v) {
    List<String> tokens = Stream.of(ADMIN_TOKEN, ADMIN_READ_TOKEN)
        .flatMap(key -> v.list(key).stream())
        .map(row -> AdminToken.parse(row).token().value())
        .toList();
    return Set.copyOf(tokens).size() == tokens.size();
  }

  private static String keyOf(String row) {
    return row.substring(row.indexOf(':') + 1);
  }

  private static Rule valueAt(Key valueAt, Key path) {
    return fault(
        valueAt,
        v -> v.has(valueAt) || !v.has(path),
        "where the new value stands in the answer, once " + path.path + " is set",
        path);
  }

  static Rule fault(Key key, Predicate<Values> holds, String expected, Key... others) {
    return new Rule(FAULT, key, Set.of(others), holds, v -> expected);
  }

  private static Rule serve(Key key, Predicate<Values> holds, String expected, Key... others) {
    return new Rule(FAULT_FOR_SERVE, key, Set.of(others), holds, v -> expected);
  }

  private static Rule warning(Key key, Predicate<Values> holds, String expected) {
    return new Rule(WARNING, key, Set.of(), holds, v -> expected);
  }
}
