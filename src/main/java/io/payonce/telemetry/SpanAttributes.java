package io.payonce.telemetry;

import io.opentelemetry.api.common.AttributeKey;

/**
 * Names of attributes. Those without {@code payonce} are OpenTelemetry's semantic conventions (HTTP
 * 1.23, database 1.33); the others are ours. All of them are published: they stay as they are.
 */
final class SpanAttributes {
  static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  static final AttributeKey<Long> RESENDS = AttributeKey.longKey("http.request.resend_count");
  static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
  static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  static final AttributeKey<String> PROTOCOL = AttributeKey.stringKey("network.protocol.version");
  static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
  static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
  static final AttributeKey<String> FULL = AttributeKey.stringKey("url.full");
  static final AttributeKey<String> ADDRESS = AttributeKey.stringKey("server.address");
  static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
  static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
  static final AttributeKey<String> DATABASE = AttributeKey.stringKey("db.system.name");
  static final AttributeKey<String> COMMAND = AttributeKey.stringKey("db.operation.name");
  static final AttributeKey<String> SCRIPT = AttributeKey.stringKey("db.stored_procedure.name");
  static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");
  static final AttributeKey<String> VERSION = AttributeKey.stringKey("service.version");
  static final AttributeKey<String> INSTANCE = AttributeKey.stringKey("service.instance.id");

  static final AttributeKey<String> STEP = AttributeKey.stringKey("payonce.step");
  static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("payonce.outcome");
  static final AttributeKey<String> CODE = AttributeKey.stringKey("payonce.platform_code");
  static final AttributeKey<Long> ATTEMPTS = AttributeKey.longKey("payonce.attempts");
  static final AttributeKey<String> OPERATION = AttributeKey.stringKey("payonce.operation");
  static final AttributeKey<String> MERCHANT = AttributeKey.stringKey("payonce.merchant_id");
  static final AttributeKey<String> REQUEST =
      AttributeKey.stringKey("payonce.transaction_request_id");

  private SpanAttributes() {}
}
