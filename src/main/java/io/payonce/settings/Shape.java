package io.payonce.settings;

/** What the keys of all three credentials have in common: TMK, working key and session. */
enum Shape {
  PATH(
      Kind.TEXT,
      null,
      Expect.target(),
      "Whom to call at the platform for a new one; empty: it is not renewed."),
  METHOD(Kind.TEXT, "POST", Expect.oneOf("POST", "GET"), "The HTTP method of that call."),
  BODY(
      Kind.SECRET,
      null,
      Expect.template(),
      "The body of that call. ${upstream.apiKey}, ${timestamp}, ${requestId}, ${tmk},"
          + " ${workingKey} and ${session} stand for the values of the moment."),
  VALUE_AT(
      Kind.TEXT,
      null,
      Expect.pointer(),
      "Where the new value stands in the answer, such as /data/workingKey."),
  LIFE_AT(
      Kind.TEXT,
      null,
      Expect.pointer(),
      "Where the answer says how long the value lives; empty: lifeMs says it."),
  LIFE_UNIT(Kind.TEXT, "s", Expect.oneOf("s", "ms"), "The unit of what stands at lifeAt."),
  LIFE(
      Kind.NUMBER,
      "0",
      Expect.millis(0, 31_536_000_000L),
      "How long the value lives where the answer does not say; 0: until the platform refuses it."),
  RENEW_BEFORE(
      Kind.NUMBER,
      "60000",
      Expect.millis(0, 86_400_000),
      "How long before its end the value is renewed, at most half its life.");

  final Kind kind;
  final String fallback;
  final Expect expect;
  final String meaning;

  Shape(Kind kind, String fallback, Expect expect, String meaning) {
    this.kind = kind;
    this.fallback = fallback;
    this.expect = expect;
    this.meaning = meaning;
  }
}
