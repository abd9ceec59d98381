package io.payonce.settings.source;

import static io.payonce.settings.source.ValueCheck.adminTokens;
import static io.payonce.settings.source.ValueCheck.base64;
import static io.payonce.settings.source.ValueCheck.base64Keys;
import static io.payonce.settings.source.ValueCheck.baseUrl;
import static io.payonce.settings.source.ValueCheck.bytes;
import static io.payonce.settings.source.ValueCheck.clientKeys;
import static io.payonce.settings.source.ValueCheck.clientMerchants;
import static io.payonce.settings.source.ValueCheck.count;
import static io.payonce.settings.source.ValueCheck.flag;
import static io.payonce.settings.source.ValueCheck.headerName;
import static io.payonce.settings.source.ValueCheck.headerNames;
import static io.payonce.settings.source.ValueCheck.host;
import static io.payonce.settings.source.ValueCheck.keyNames;
import static io.payonce.settings.source.ValueCheck.millis;
import static io.payonce.settings.source.ValueCheck.oneOf;
import static io.payonce.settings.source.ValueCheck.readableFile;
import static io.payonce.settings.source.ValueCheck.redisUris;
import static io.payonce.settings.source.ValueCheck.share;
import static io.payonce.settings.source.ValueCheck.url;

import io.payonce.model.AddedOperation;
import io.payonce.model.Intent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Every key there is: path, shape, default, what is accepted, and what it means. */
public enum Key {
  SERVER_HOST("server.host", ValueType.TEXT, "127.0.0.1", host(), "Where checkout services call."),
  SERVER_PORT(
      "server.port", ValueType.NUMBER, "8080", count(0, 65535), "The port; 0 takes any free one."),
  SERVER_WAIT_BUDGET(
      "server.waitBudgetMs",
      ValueType.NUMBER,
      "20000",
      millis(0, 600_000),
      "How long a caller is held while an unknown outcome is being confirmed. The platform's SDKs"
          + " give up at 30 s, so stay well below."),
  SERVER_MAX_BODY(
      "server.maxBodyBytes",
      ValueType.NUMBER,
      "65536",
      bytes(1024, 16_777_216),
      "Larger request bodies get HTTP 413."),
  SERVER_MAX_BUFFERED(
      "server.maxBufferedBytes",
      ValueType.NUMBER,
      "33554432",
      bytes(1024, 1_073_741_824),
      "The bytes of all bodies that are being read at once; calls beyond are refused (E01, nothing"
          + " sent)."),
  SERVER_MAX_CONNECTIONS(
      "server.maxConnections",
      ValueType.NUMBER,
      "10000",
      count(1, 1_000_000),
      "Connections of callers at once; those beyond are refused. Fewer where the process may not"
          + " open so many files (ulimit -n): half of them are kept for the platform's side."),
  SERVER_DRAIN(
      "server.drainMs",
      ValueType.NUMBER,
      "25000",
      millis(0, 3_600_000),
      "After SIGTERM: how long payments in flight may still finish before the ledger takes over."),
  SERVER_TLS_CERT(
      "server.tls.certFile",
      ValueType.FILE,
      null,
      readableFile(),
      "PEM certificate chain; with keyFile it turns on TLS 1.2 and 1.3."),
  SERVER_TLS_KEY(
      "server.tls.keyFile", ValueType.FILE, null, readableFile(), "PEM private key of certFile."),
  SERVER_TLS_CLIENT_CA(
      "server.tls.clientCaFile",
      ValueType.FILE,
      null,
      readableFile(),
      "PEM authorities of the callers' certificates; turns on mutual TLS."),
  SERVER_TLS_HTTP2(
      "server.tls.http2",
      ValueType.FLAG,
      "true",
      flag(),
      "Callers who offer HTTP/2 get it. Only with TLS; in the clear all speak HTTP/1.1."),

  CLIENT_KEYS(
      "client.keys",
      ValueType.SECRET_LIST,
      null,
      clientKeys(),
      "Who may call: keys arrive as Authorization: Bearer key, the name appears in logs. Give one"
          + " name two keys while you rotate."),
  CLIENT_MERCHANTS(
      "client.merchants",
      ValueType.LIST,
      null,
      clientMerchants(),
      "The only merchants that a client may pay, query, abort or follow up for: whatever else it"
          + " calls for is refused with S06, nothing sent and nothing looked up. A client that is"
          + " not named here may call for all."),
  CLIENT_OPEN(
      "client.open",
      ValueType.FLAG,
      "false",
      flag(),
      "Accept every caller without a key. Only behind a network that lets no one else in. Taken"
          + " back, it holds at once; turned on, it needs a restart."),

  ADMIN_HOST(
      "admin.host",
      ValueType.TEXT,
      "127.0.0.1",
      host(),
      "Health, metrics, ops page and API. Anything but a loopback address needs admin.token."),
  ADMIN_PORT(
      "admin.port", ValueType.NUMBER, "9090", count(0, 65535), "The port; 0 takes any free one."),
  ADMIN_TOKEN(
      "admin.token",
      ValueType.SECRET_LIST,
      null,
      adminTokens(),
      "Asked for as Authorization: Bearer token; the health paths are served without it. The name"
          + " stands in the timeline of what its token decided: give each operator one."),
  ADMIN_READ_TOKEN(
      "admin.readToken",
      ValueType.SECRET_LIST,
      null,
      adminTokens(),
      "The same for those who only look, Prometheus among them: they decide nothing."),

  ADMIN_REDIS_OUTAGE(
      "admin.redisOutage",
      ValueType.TEXT,
      "serve",
      oneOf("serve", "unready"),
      "serve: a pod that has once reached Redis stays ready while Redis is away; callers get E01,"
          + " nothing is sent. unready: it leaves its service while it reaches no part of Redis."),

  REDIS_MODE(
      "redis.mode",
      ValueType.TEXT,
      "standalone",
      oneOf("embedded", "standalone", "sentinel", "cluster"),
      "How redis.uris are to be read. embedded is for the sandbox and tests; serve refuses it."),
  REDIS_URIS(
      "redis.uris",
      ValueType.URI_LIST,
      "redis://127.0.0.1:6379",
      redisUris(),
      "The server, the sentinels, or some nodes of the cluster."),
  REDIS_SENTINEL_MASTER(
      "redis.sentinelMaster",
      ValueType.TEXT,
      "mymaster",
      ValueCheck.name(),
      "The name under which the sentinels know the primary; used with mode sentinel only."),
  REDIS_CALL_TIMEOUT(
      "redis.callTimeoutMs",
      ValueType.NUMBER,
      "1000",
      millis(10, 10_000),
      "How long one Redis call may take before it counts as unanswered."),
  REDIS_MIN_REPLICAS(
      "redis.minReplicas",
      ValueType.NUMBER,
      "0",
      count(0, 16),
      "How many replicas must acknowledge a begin, a resend and every negative answer. Above 0 a"
          + " failover cannot lose them; each costs a round trip between the Redis servers."),
  REDIS_ALLOW_UNSAFE(
      "redis.allowUnsafe",
      ValueType.FLAG,
      "false",
      flag(),
      "Start although Redis forgets keys when its memory is full (a maxmemory with another policy"
          + " than noeviction): a payment that it forgets may be charged twice or lost."),
  REDIS_CA(
      "redis.caFile",
      ValueType.FILE,
      null,
      readableFile(),
      "PEM authorities that may vouch for a rediss:// server, and no others; without it, those of"
          + " the Java runtime."),
  REDIS_KEY_PREFIX(
      "redis.keyPrefix",
      ValueType.TEXT,
      "payonce",
      ValueCheck.keyPrefix(),
      "The first part of every key: fleets with different ones never see each other's payments. To"
          + " change it, let the old fleet settle everything first."),

  UPSTREAM_BASE_URL(
      "upstream.baseUrl",
      ValueType.TEXT,
      "https://open.sunbay.us",
      baseUrl(),
      "The platform. A path in it goes before that of each call, and is signed with it."),
  UPSTREAM_NAME(
      "upstream.name",
      ValueType.TEXT,
      null,
      ValueCheck.platformName(),
      "Names the platform in every record: a payment of another platform is never asked about, sent"
          + " or settled here. Without it the host of baseUrl; set it before baseUrl changes."),
  UPSTREAM_REQUEST_TIMEOUT(
      "upstream.requestTimeoutMs",
      ValueType.NUMBER,
      "10000",
      millis(100, 120_000),
      "How long the platform may take to answer; after it the outcome is unknown."),
  UPSTREAM_CONNECT_TIMEOUT(
      "upstream.connectTimeoutMs",
      ValueType.NUMBER,
      "2000",
      millis(10, 30_000),
      "How long a connection may take; when it fails nothing was sent."),
  UPSTREAM_MAX_CONNECTIONS(
      "upstream.maxConnections",
      ValueType.NUMBER,
      "1024",
      count(1, 65535),
      "Connections to the platform in all, shared out over the event loops: requests a second"
          + " times seconds an answer takes, and some room."),
  UPSTREAM_API_KEY(
      "upstream.apiKey",
      ValueType.SECRET,
      null,
      ValueCheck.key(),
      "The platform's key: Authorization: Bearer … upstream, whatever the caller sent."),
  UPSTREAM_REQUEST_ID_HEADERS(
      "upstream.requestIdHeaders",
      ValueType.LIST,
      "X-Client-Request-Id,X-Request-Id",
      headerNames(),
      "All are sent, with a fresh value for every request put on the wire."),
  UPSTREAM_PASS_HEADERS(
      "upstream.passHeaders",
      ValueType.LIST,
      null,
      headerNames(),
      "Further request headers of callers that may go to the platform. Content-Type, Accept,"
          + " User-Agent and traceparent always do, no others; what a connection or a signature"
          + " needs never does."),
  UPSTREAM_PROXY(
      "upstream.proxy",
      ValueType.TEXT,
      null,
      ValueCheck.proxy(),
      "An HTTP proxy that all connections to the platform go through (CONNECT); where the platform's"
          + " name leads is for it to find out. What it does not let through has not left."),
  UPSTREAM_PROXY_LOGIN(
      "upstream.proxyLogin",
      ValueType.SECRET,
      null,
      ValueCheck.login(),
      "Who we are to that proxy (Proxy-Authorization: Basic)."),
  UPSTREAM_CA(
      "upstream.tls.caFile",
      ValueType.FILE,
      null,
      readableFile(),
      "PEM authorities that may vouch for the platform, and no others; without it, those of the"
          + " Java runtime. The host name is always verified."),
  UPSTREAM_CLIENT_CERT(
      "upstream.tls.certFile",
      ValueType.FILE,
      null,
      readableFile(),
      "PEM certificate chain to show to a platform that asks for one."),
  UPSTREAM_CLIENT_KEY(
      "upstream.tls.keyFile", ValueType.FILE, null, readableFile(), "PEM private key of certFile."),
  UPSTREAM_HTTP2(
      "upstream.tls.http2",
      ValueType.FLAG,
      "false",
      flag(),
      "Offer HTTP/2 to the platform. Off by default: when one connection breaks, all payments on it"
          + " are in doubt, not one."),

  SIGNING_MODE(
      "signing.mode",
      ValueType.TEXT,
      "bearer",
      oneOf(Signing.MODES),
      "How requests are signed; bearer adds nothing beyond the key."),
  SIGNING_SECRET(
      "signing.secret",
      ValueType.SECRET,
      null,
      ValueCheck.anySecret(),
      "The shared secret of the HMAC modes."),
  SIGNING_SECRET_FROM(
      "signing.secretFrom",
      ValueType.TEXT,
      "configuration",
      oneOf("configuration", "workingKey"),
      "Where the shared secret comes from: signing.secret, or the working key that"
          + " credentials.workingKey renews."),
  SIGNING_PRIVATE_KEY(
      "signing.privateKey",
      ValueType.SECRET,
      null,
      ValueCheck.privateKeyPem(),
      "Our private key, for rsa-sha256 and the asymmetric algorithms."),
  SIGNING_KEY_ID(
      "signing.keyId",
      ValueType.TEXT,
      null,
      ValueCheck.name(),
      "The name of the key, sent along so that the platform can tell old from new."),
  SIGNING_ALGORITHM(
      "signing.algorithm",
      ValueType.TEXT,
      null,
      oneOf(Signing.ALGORITHMS),
      "The algorithm of http-message-signatures (RFC 9421, section 3.3); used with it only."),

  TMK_PATH("credentials.tmk.path", CredentialKeys.PATH),
  TMK_METHOD("credentials.tmk.method", CredentialKeys.METHOD),
  TMK_BODY("credentials.tmk.body", CredentialKeys.BODY),
  TMK_VALUE_AT("credentials.tmk.valueAt", CredentialKeys.VALUE_AT),
  TMK_LIFE_AT("credentials.tmk.lifeAt", CredentialKeys.LIFE_AT),
  TMK_LIFE_UNIT("credentials.tmk.lifeUnit", CredentialKeys.LIFE_UNIT),
  TMK_LIFE("credentials.tmk.lifeMs", CredentialKeys.LIFE),
  TMK_RENEW_BEFORE("credentials.tmk.renewBeforeMs", CredentialKeys.RENEW_BEFORE),

  WORKING_KEY_PATH("credentials.workingKey.path", CredentialKeys.PATH),
  WORKING_KEY_METHOD("credentials.workingKey.method", CredentialKeys.METHOD),
  WORKING_KEY_BODY("credentials.workingKey.body", CredentialKeys.BODY),
  WORKING_KEY_VALUE_AT("credentials.workingKey.valueAt", CredentialKeys.VALUE_AT),
  WORKING_KEY_LIFE_AT("credentials.workingKey.lifeAt", CredentialKeys.LIFE_AT),
  WORKING_KEY_LIFE_UNIT("credentials.workingKey.lifeUnit", CredentialKeys.LIFE_UNIT),
  WORKING_KEY_LIFE("credentials.workingKey.lifeMs", CredentialKeys.LIFE),
  WORKING_KEY_RENEW_BEFORE("credentials.workingKey.renewBeforeMs", CredentialKeys.RENEW_BEFORE),

  SESSION_PATH("credentials.session.path", CredentialKeys.PATH),
  SESSION_METHOD("credentials.session.method", CredentialKeys.METHOD),
  SESSION_BODY("credentials.session.body", CredentialKeys.BODY),
  SESSION_VALUE_AT("credentials.session.valueAt", CredentialKeys.VALUE_AT),
  SESSION_LIFE_AT("credentials.session.lifeAt", CredentialKeys.LIFE_AT),
  SESSION_LIFE_UNIT("credentials.session.lifeUnit", CredentialKeys.LIFE_UNIT),
  SESSION_LIFE("credentials.session.lifeMs", CredentialKeys.LIFE),
  SESSION_RENEW_BEFORE("credentials.session.renewBeforeMs", CredentialKeys.RENEW_BEFORE),
  SESSION_HEADER(
      "credentials.session.header",
      ValueType.TEXT,
      "X-Session-Id",
      headerName(),
      "The header that carries the session; Authorization carries it as a bearer token in place of"
          + " upstream.apiKey."),

  ACCOUNT_NAME(
      "accounts[].name",
      ValueType.TEXT,
      null,
      ValueCheck.accountName(),
      "What records, logs and metrics call the account; it cannot change while anything of it is"
          + " unsettled."),
  ACCOUNT_APP_IDS(
      "accounts[].appIds",
      ValueType.LIST,
      null,
      ValueCheck.appIds(),
      "Calls that name one of these appIds are the account's. An appId beats a merchantId."),
  ACCOUNT_MERCHANTS(
      "accounts[].merchants",
      ValueType.LIST,
      null,
      ValueCheck.merchants(),
      "So are calls that name one of these merchantIds, and no appId of another account. A client of"
          + " client.merchants may not name the one with the other (S06)."),

  OPERATION_PATH(
      "operations[].path",
      ValueType.TEXT,
      null,
      ValueCheck.callPath(),
      "Where the platform takes the call, as a POST."),
  OPERATION_ORDER(
      "operations[].order",
      ValueType.TEXT,
      null,
      ValueCheck.orderMember(),
      "The member of a body that names the order: the call takes it and pays it, as a sale does."
          + " original: the call locks the transaction that originalTransactionId or"
          + " originalTransactionRequestId name, as a refund does. none: it locks nothing."),
  OPERATION_ID(
      "operations[].id",
      ValueType.TEXT,
      AddedOperation.REQUEST_ID,
      ValueCheck.member(),
      "The member of a body that names the payment: a repeat of it is the same payment."),
  OPERATION_DOUBT(
      "operations[].doubt",
      ValueType.TEXT,
      null,
      oneOf("confirm", "repeat", "never"),
      "What is done while its outcome is unknown. confirm: the platform is asked, and the call is"
          + " sent again if it knows nothing of it, as a sale is. repeat: the same is sent again up"
          + " to recovery.maxAttempts, then asked about. never: it is asked about and never sent"
          + " again."),
  OPERATION_REQUIRED(
      "operations[].required",
      ValueType.LIST,
      null,
      ValueCheck.members(),
      "Further members without which a call is refused here (C01)."),

  LEDGER_ENCRYPTION_KEY(
      "ledger.encryptionKey",
      ValueType.SECRET,
      null,
      base64(32),
      "Seals request bodies and replies at rest (AES-256-GCM). The same on every pod. To change it:"
          + " operations.md#rotate-the-ledgers-key."),
  LEDGER_FORMER_KEYS(
      "ledger.formerKeys",
      ValueType.SECRET_LIST,
      null,
      base64Keys(32),
      "Keys that open what is sealed and seal nothing: the next one before all pods have it, the"
          + " former one until no record needs it (check and payonce_ledger_sealed_records say so)."),
  LEDGER_LOST_KEYS(
      "ledger.lostKeys",
      ValueType.LIST,
      null,
      keyNames(),
      "Names of keys that are gone for good, as the log and check give them. Without this a pod that"
          + " lacks a key that records need is not ready; with it they are an operator's to end."),
  LEDGER_RETENTION(
      "ledger.retentionMs",
      ValueType.NUMBER,
      "86400000",
      millis(60_000, 31_536_000_000L),
      "How long a finished payment can be replayed."),
  LEDGER_TOMBSTONE(
      "ledger.tombstoneMs",
      ValueType.NUMBER,
      "604800000",
      millis(0, 31_536_000_000L),
      "How long the id of an expired payment is still known: a late repeat is confirmed first,"
          + " never sent blindly. 0 turns it off."),

  ORDERS_ONE_PAYMENT(
      "orders.onePayment",
      ValueType.FLAG,
      "true",
      flag(),
      "A paid order refuses another payment with C10, nothing sent. false for merchants who split"
          + " one order over several payments."),
  ORDERS_SPLIT_MERCHANTS(
      "orders.splitMerchants",
      ValueType.LIST,
      null,
      ValueCheck.merchants(),
      "Merchants for whom orders.onePayment is false: they split orders over several payments."),
  ORDERS_SCOPE(
      "orders.scope",
      ValueType.TEXT,
      "merchant",
      oneOf("merchant", "app"),
      "Within what order numbers and request ids are unique. app: each appId of a merchant has"
          + " numbers of its own; only for platforms that keep them apart too, else one shop sees"
          + " how another's payment stands. The ledger keeps it: a change is refused while anything"
          + " of the old scope is remembered."),
  ORDERS_OTHER_AMOUNT(
      "orders.otherAmount",
      ValueType.TEXT,
      "review",
      oneOf("review", "pass"),
      "The platform says paid, with another amount than asked for (a partial approval, another"
          + " currency; a tip is none). review: the payment is listed for review, its order stays"
          + " taken, callers get P. pass: the platform's answer goes to the caller as it is."),

  ORDERS_SESSIONS(
      "orders.sessions",
      ValueType.TEXT,
      "replace",
      oneOf("replace", "refuse", "allow"),
      "What another payment or page meets whose order has an open hosted page. replace: the page is"
          + " closed at the platform, and once it shows C, orders.pressSlackMs later, the order"
          + " changes hands; else C08. refuse: C08. allow: pages take no lock, and two pages of one"
          + " order can both be paid; only for platforms on which an unpressed page never shows C."),
  ORDERS_PRESS_SLACK(
      "orders.pressSlackMs",
      ValueType.NUMBER,
      "5000",
      millis(0, 600_000),
      "How long a press under way may still turn a page that was closed into a paid one."),

  ORDERS_ONE_UNREFERENCED_REFUND(
      "orders.oneUnreferencedRefund",
      ValueType.FLAG,
      "false",
      flag(),
      "A second refund that names an order and no original is refused with C15, nothing sent; one"
          + " that was voided does not count."),

  RECOVERY_REISSUE(
      "recovery.reissue",
      ValueType.FLAG,
      "true",
      flag(),
      "Try again under a reissued id after a final F without an issuer's decline code. Not for a body"
          + " whose notifyUrl the platform calls past us: that hook would get F for its id, then S for"
          + " one it never saw. With webhook.publicUrl that is only a notifyUrl that notify.allowHosts"
          + " does not allow."),
  RECOVERY_LEASE(
      "recovery.leaseMs",
      ValueType.NUMBER,
      "15000",
      millis(1000, 600_000),
      "How long one worker owns a payment before another may take it over."),
  RECOVERY_FIRST_DELAY(
      "recovery.firstDelayMs",
      ValueType.NUMBER,
      "500",
      millis(10, 60_000),
      "The first pause before confirming; later ones double, with full jitter."),
  RECOVERY_MAX_DELAY(
      "recovery.maxDelayMs",
      ValueType.NUMBER,
      "30000",
      millis(10, 3_600_000),
      "The longest pause between two confirms."),
  RECOVERY_MAX_ATTEMPTS(
      "recovery.maxAttempts", ValueType.NUMBER, "3", count(1, 10), "Sends of one payment in all."),
  RECOVERY_RESENDS_PER_SECOND(
      "recovery.resendsPerSecond",
      ValueType.NUMBER,
      "5",
      count(1, 10_000),
      "The whole fleet's floor for sending again in quiet times, ten seconds of it saved up; beyond"
          + " it, a tenth of the fresh payments. What must wait is put off, not dropped."),
  RECOVERY_RESEND_AFTER_WINDOW(
      "recovery.resendAfterWindow",
      ValueType.FLAG,
      "false",
      flag(),
      "For platforms without idempotency: resend only when no earlier send can still take effect."
          + " Needs a deadlineMs above "
          + Intent.WINDOW_MILLIS
          + "."),
  RECOVERY_DEADLINE(
      "recovery.deadlineMs",
      ValueType.NUMBER,
      "600000",
      millis(10_000, 86_400_000),
      "After it the payment is listed for review (state ATTENTION); slow confirming goes on."),

  WEBHOOK_HOST(
      "webhook.host",
      ValueType.TEXT,
      "127.0.0.1",
      host(),
      "Where the platform's notifications arrive: a port of its own, as it faces the internet. With"
          + " server.tls it speaks TLS."),
  WEBHOOK_PORT(
      "webhook.port",
      ValueType.NUMBER,
      null,
      count(0, 65535),
      "The port; 0 takes any free one. Off without it."),
  WEBHOOK_PUBLIC_URL(
      "webhook.publicUrl",
      ValueType.TEXT,
      null,
      ValueCheck.publicUrl(),
      "That port as the platform reaches it. With it every money call leaves with this address as"
          + " its notifyUrl, and Payonce notifies the caller's own notifyUrl how the payment ended."
          + " Set it last: operations.md#take-over-the-notifications."),
  WEBHOOK_SECRET(
      "webhook.secret",
      ValueType.SECRET,
      null,
      ValueCheck.anySecret(),
      "The platform's webhook signing secret: what is not signed with it is refused."),
  WEBHOOK_MAX_AGE(
      "webhook.maxAgeMs",
      ValueType.NUMBER,
      "300000",
      millis(1000, 86_400_000),
      "Notifications whose X-Timestamp is further away than this are refused."),

  NOTIFY_SECRET(
      "notify.secret",
      ValueType.SECRET,
      null,
      ValueCheck.anySecret(),
      "Signs what goes to callers' notifyUrl, as the platform signs: their handlers check with it."
          + " The same on every pod; openssl rand -hex 32 makes a good one."),
  NOTIFY_ALLOW_HOSTS(
      "notify.allowHosts",
      ValueType.LIST,
      null,
      ValueCheck.hostPatterns(),
      "The hosts that callers' notifyUrl may name: hooks.example.com is that one, *.example.com all"
          + " below it, each with :port for another port than 443. Always https, but for a loopback"
          + " address that is named. A body with another notifyUrl leaves as it is."),
  NOTIFY_GIVE_UP(
      "notify.giveUpMs",
      ValueType.NUMBER,
      "259200000",
      millis(1000, 2_592_000_000L),
      "How long a notification that no caller takes is repeated; then it waits for an operator."),

  OUTCOMES_RETENTION(
      "outcomes.retentionMs",
      ValueType.NUMBER,
      "604800000",
      millis(0, 31_536_000_000L),
      "How long the journal of outcomes is kept. 0 turns it off."),

  TELEMETRY_OTLP_ENDPOINT(
      "telemetry.otlpEndpoint",
      ValueType.TEXT,
      null,
      url(),
      "Traces go to the OpenTelemetry collector at this address, such as http://collector:4318, over"
          + " OTLP/HTTP (/v1/traces is added). Empty: no tracing."),
  TELEMETRY_SAMPLING(
      "telemetry.sampling",
      ValueType.TEXT,
      "1",
      share(),
      "The share of calls that are traced where their traceparent does not say: 0.01 is one in a"
          + " hundred."),

  LOG_FORMAT(
      "log.format",
      ValueType.TEXT,
      "plain",
      oneOf("plain", "json"),
      "How log lines are written to standard output; json is one object a line. A logback file of"
          + " your own (-Dlogback.configurationFile) decides by itself."),
  LOG_PAYMENTS(
      "log.payments",
      ValueType.FLAG,
      "false",
      flag(),
      "A log line for each call, written with its answer: trace id, operation, payment and outcome;"
          + " and one for each payment that ends.");

  /** Those that are set once; the others stand in each section of a {@link SectionList}. */
  public static final List<Key> SINGLE =
      Arrays.stream(values()).filter(key -> !key.path.contains("[]")).toList();

  public final String path;
  public final ValueType kind;
  /** Null when the key has no default and may stay unset. */
  public final String fallback;

  public final ValueCheck expect;
  public final String meaning;

  Key(String path, ValueType kind, String fallback, ValueCheck expect, String meaning) {
    this.path = path;
    this.kind = kind;
    this.fallback = fallback;
    this.expect = expect;
    this.meaning = meaning;
  }

  Key(String path, CredentialKeys shape) {
    this(path, shape.kind, shape.fallback, shape.expect, shape.meaning);
  }

  /** {@code upstream.requestTimeoutMs} is {@code PAYONCE_UPSTREAM_REQUEST_TIMEOUT_MS}. */
  static String variable(String path) {
    String snake = path.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('.', '_');
    return "PAYONCE_" + snake.toUpperCase(Locale.ROOT);
  }

  /** The one place that says which signing modes and algorithms this program has code for. */
  public static final class Signing {
    static final List<String> MODES =
        List.of("bearer", "hmac-sha256", "rsa-sha256", "sorted-params", "http-message-signatures");
    public static final List<String> ALGORITHMS =
        List.of("hmac-sha256", "ed25519", "ecdsa-p256-sha256", "rsa-pss-sha512");

    private Signing() {}
  }
}
