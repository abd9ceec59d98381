package io.payonce.settings.source;

/** Says what the keys of all three credentials have in common: TMK, working key and session. */
enum CredentialKeys {
  PATH(
      ValueType.TEXT,
      null,
      ValueCheck.target(),
      "Whom to call at the platform for a new one; empty: it is not renewed."),
  METHOD(ValueType.TEXT, "POST", ValueCheck.oneOf("POST", "GET"), "The HTTP method of that call."),
  BODY(
      ValueType.SECRET,
      null,
      ValueCheck.template(),
      "The body of that call. ${upstream.apiKey}, ${timestamp}, ${requestId}, ${tmk},"
          + " ${workingKey} and ${session} stand for the values of the moment."),
  VALUE_AT(
      ValueType.TEXT,
      null,
      ValueCheck.pointer(),
      "Where the new value stands in the answer, such as /data/workingKey."),
  LIFE_AT(
      ValueType.TEXT,
      null,
      ValueCheck.pointer(),
      "Where the answer says how long the value lives; empty: lifeMs says it."),
  LIFE_UNIT(ValueType.TEXT, "s", ValueCheck.oneOf("s", "ms"), "The unit of what stands at lifeAt."),
  LIFE(
      ValueType.NUMBER,
      "0",
      ValueCheck.millis(0, 31_536_000_000L),
      "How long the value lives where the answer does not say; 0: until the platform refuses it."),
  RENEW_BEFORE(
      ValueType.NUMBER,
      "60000",
      ValueCheck.millis(0, 86_400_000),
      "How long before its end the value is renewed, at most half its life.");

  final ValueType kind;
  final String fallback;
  final ValueCheck expect;
  final String meaning;

  CredentialKeys(ValueType kind, String fallback, ValueCheck expect, String meaning) {
    this.kind = kind;
    this.fallback = fallback;
    this.expect = expect;
    this.meaning = meaning;
  }
}
