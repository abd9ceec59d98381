package io.payonce.settings;

import static io.payonce.settings.source.Key.*;

import io.payonce.model.AddedOperation;
import io.payonce.settings.source.Key;
import io.payonce.settings.source.Secret;
import io.payonce.settings.source.Section;
import io.payonce.settings.source.SectionList;
import io.payonce.settings.source.Values;
import java.util.ArrayList;
import java.util.List;

/** Fills the records from the table's values. */
final class Sections {
  private Sections() {}

  static Settings of(Values v) {
    return new Settings(
        server(v),
        new Settings.Client(
            v.list(CLIENT_KEYS).stream().map(ClientKey::parse).toList(),
            v.flag(CLIENT_OPEN),
            ClientMerchants.of(v.list(CLIENT_MERCHANTS))),
        new Settings.Admin(
            v.text(ADMIN_HOST),
            v.count(ADMIN_PORT),
            adminTokens(v, ADMIN_TOKEN),
            adminTokens(v, ADMIN_READ_TOKEN),
            v.text(ADMIN_REDIS_OUTAGE)),
        redis(v),
        upstream(v),
        signing(v),
        credentials(v),
        v.sections(SectionList.ACCOUNTS).stream()
            .map(section -> account(section.values()))
            .toList(),
        operations(v),
        new Settings.Ledger(
            v.secret(LEDGER_ENCRYPTION_KEY),
            v.list(LEDGER_FORMER_KEYS).stream().map(Secret::new).toList(),
            v.list(LEDGER_LOST_KEYS),
            v.number(LEDGER_RETENTION),
            v.number(LEDGER_TOMBSTONE)),
        new Settings.Orders(
            v.flag(ORDERS_ONE_PAYMENT),
            v.list(ORDERS_SPLIT_MERCHANTS),
            v.text(ORDERS_SESSIONS),
            v.number(ORDERS_PRESS_SLACK),
            v.text(ORDERS_OTHER_AMOUNT).equals("pass"),
            v.flag(ORDERS_ONE_UNREFERENCED_REFUND),
            v.text(ORDERS_SCOPE)),
        recovery(v),
        webhook(v),
        new Settings.Notify(
            v.secret(NOTIFY_SECRET), v.list(NOTIFY_ALLOW_HOSTS), v.number(NOTIFY_GIVE_UP)),
        new Settings.Outcomes(v.number(OUTCOMES_RETENTION)),
        new Settings.Telemetry(
            v.maybe(TELEMETRY_OTLP_ENDPOINT), Double.parseDouble(v.text(TELEMETRY_SAMPLING))),
        new Settings.Log(v.text(LOG_FORMAT), v.flag(LOG_PAYMENTS)),
        v.secretFiles());
  }

  private static List<AddedOperation> operations(Values v) {
    List<AddedOperation> operations = new ArrayList<>();
    for (Section section : v.sections(SectionList.OPERATIONS)) {
      Values of = section.values();
      operations.add(new AddedOperation(
          AddedOperation.labelOf(of.text(OPERATION_PATH), operations),
          of.text(OPERATION_PATH),
          of.text(OPERATION_ORDER),
          of.text(OPERATION_ID),
          AddedOperation.doubt(of.text(OPERATION_DOUBT)),
          of.list(OPERATION_REQUIRED)));
    }
    return operations;
  }

  private static List<AdminToken> adminTokens(Values v, Key key) {
    return v.list(key).stream().map(AdminToken::parse).toList();
  }

  private static Settings.Server server(Values v) {
    return new Settings.Server(
        v.text(SERVER_HOST),
        v.count(SERVER_PORT),
        v.number(SERVER_WAIT_BUDGET),
        v.count(SERVER_MAX_BODY),
        v.number(SERVER_MAX_BUFFERED),
        v.count(SERVER_MAX_CONNECTIONS),
        v.number(SERVER_DRAIN),
        new Settings.Tls(
            v.path(SERVER_TLS_CERT),
            v.path(SERVER_TLS_KEY),
            v.path(SERVER_TLS_CLIENT_CA),
            v.flag(SERVER_TLS_HTTP2)));
  }

  private static Settings.Redis redis(Values v) {
    return new Settings.Redis(
        v.text(REDIS_MODE),
        v.list(REDIS_URIS),
        v.text(REDIS_SENTINEL_MASTER),
        v.number(REDIS_CALL_TIMEOUT),
        v.count(REDIS_MIN_REPLICAS),
        v.path(REDIS_CA),
        v.text(REDIS_KEY_PREFIX),
        v.flag(REDIS_ALLOW_UNSAFE));
  }

  private static Settings.Upstream upstream(Values v) {
    return new Settings.Upstream(
        v.text(UPSTREAM_BASE_URL),
        v.maybe(UPSTREAM_NAME),
        v.number(UPSTREAM_REQUEST_TIMEOUT),
        v.number(UPSTREAM_CONNECT_TIMEOUT),
        v.count(UPSTREAM_MAX_CONNECTIONS),
        v.secret(UPSTREAM_API_KEY),
        v.list(UPSTREAM_REQUEST_ID_HEADERS),
        v.list(UPSTREAM_PASS_HEADERS),
        v.maybe(UPSTREAM_PROXY),
        v.secret(UPSTREAM_PROXY_LOGIN),
        new Settings.UpstreamTls(
            v.path(UPSTREAM_CA),
            v.path(UPSTREAM_CLIENT_CERT),
            v.path(UPSTREAM_CLIENT_KEY),
            v.flag(UPSTREAM_HTTP2)));
  }

  private static Settings.Signing signing(Values v) {
    return new Settings.Signing(
        v.text(SIGNING_MODE),
        v.secret(SIGNING_SECRET),
        v.text(SIGNING_SECRET_FROM),
        v.secret(SIGNING_PRIVATE_KEY),
        v.maybe(SIGNING_KEY_ID),
        v.maybe(SIGNING_ALGORITHM));
  }

  private static Settings.Credentials credentials(Values v) {
    return new Settings.Credentials(tmk(v), workingKey(v), session(v));
  }

  private static Settings.Account account(Values v) {
    return new Settings.Account(
        v.text(ACCOUNT_NAME),
        v.list(ACCOUNT_APP_IDS),
        v.list(ACCOUNT_MERCHANTS),
        v.secret(UPSTREAM_API_KEY).orElseThrow(),
        signing(v),
        credentials(v),
        v.secret(WEBHOOK_SECRET),
        v.secret(NOTIFY_SECRET));
  }

  private static Settings.Renewal tmk(Values v) {
    return new Settings.Renewal(
        v.maybe(TMK_PATH),
        v.text(TMK_METHOD),
        v.secret(TMK_BODY),
        v.maybe(TMK_VALUE_AT),
        v.maybe(TMK_LIFE_AT),
        v.text(TMK_LIFE_UNIT),
        v.number(TMK_LIFE),
        v.number(TMK_RENEW_BEFORE));
  }

  private static Settings.Renewal workingKey(Values v) {
    return new Settings.Renewal(
        v.maybe(WORKING_KEY_PATH),
        v.text(WORKING_KEY_METHOD),
        v.secret(WORKING_KEY_BODY),
        v.maybe(WORKING_KEY_VALUE_AT),
        v.maybe(WORKING_KEY_LIFE_AT),
        v.text(WORKING_KEY_LIFE_UNIT),
        v.number(WORKING_KEY_LIFE),
        v.number(WORKING_KEY_RENEW_BEFORE));
  }

  private static Settings.Session session(Values v) {
    return new Settings.Session(
        v.maybe(SESSION_PATH),
        v.text(SESSION_METHOD),
        v.secret(SESSION_BODY),
        v.maybe(SESSION_VALUE_AT),
        v.maybe(SESSION_LIFE_AT),
        v.text(SESSION_LIFE_UNIT),
        v.number(SESSION_LIFE),
        v.number(SESSION_RENEW_BEFORE),
        v.text(SESSION_HEADER));
  }

  private static Settings.Recovery recovery(Values v) {
    return new Settings.Recovery(
        v.flag(RECOVERY_REISSUE),
        v.number(RECOVERY_LEASE),
        v.number(RECOVERY_FIRST_DELAY),
        v.number(RECOVERY_MAX_DELAY),
        v.count(RECOVERY_MAX_ATTEMPTS),
        v.count(RECOVERY_RESENDS_PER_SECOND),
        v.flag(RECOVERY_RESEND_AFTER_WINDOW),
        v.number(RECOVERY_DEADLINE));
  }

  private static Settings.Webhook webhook(Values v) {
    return new Settings.Webhook(
        v.text(WEBHOOK_HOST),
        v.maybe(WEBHOOK_PORT).map(Integer::valueOf),
        v.maybe(WEBHOOK_PUBLIC_URL),
        v.secret(WEBHOOK_SECRET),
        v.number(WEBHOOK_MAX_AGE));
  }
}
