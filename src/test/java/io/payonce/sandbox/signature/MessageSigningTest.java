package io.payonce.sandbox.signature;

import static io.payonce.signing.Requests.NOW_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.signing.ByteSink;
import io.payonce.signing.Requests;
import io.payonce.signing.Requests.Wire;
import io.payonce.signing.Signer;
import io.payonce.signing.Signing;
import io.payonce.signing.SigningEngine;
import io.payonce.signing.SigningInput;
import io.payonce.signing.SigningKey;
import io.payonce.signing.SigningMode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.greenbytes.http.sfv.InnerList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * HTTP message signatures: what ours look like, and what the verifier refuses beyond a wrong
 * signature.
 */
class MessageSigningTest {
  private static final SigningKey KEY = SigningKey.ofSecret("k1", Requests.utf8("secret"));
  private static final long TEN_MINUTES = 600_000;

  private final Signer signer =
      Signing.of(SigningMode.HTTP_MESSAGE_SIGNATURES, KEY).signer();

  @Test
  void a_request_with_a_body_carries_its_digest_and_covers_it() {
    Wire wire = Wire.signed(signer, Requests.post());
    assertThat(wire.get("content-digest")).isEqualTo(digest(Requests.post()));
    assertThat(wire.get("signature-input"))
        .isEqualTo(
            "payonce=(\"@method\" \"@authority\" \"@path\" \"content-digest\" \"content-type\""
                + " \"x-timestamp\" \"x-client-request-id\")"
                + ";created=1700000000;keyid=\"k1\";alg=\"hmac-sha256\"");
    assertThat(wire.get("signature")).matches("payonce=:[A-Za-z0-9+/]{43}=:");
  }

  @Test
  void a_request_without_a_body_covers_its_query_and_has_no_digest() {
    Wire wire = Wire.signed(signer, Requests.get());
    assertThat(wire.headers).doesNotContainKey("content-digest");
    assertThat(wire.get("signature-input"))
        .startsWith(
            "payonce=(\"@method\" \"@authority\" \"@path\" \"@query\" \"x-timestamp\" \"x-client-request-id\")");
  }

  @Test
  void the_request_id_header_is_the_one_configured() {
    Signer other = new Signing(SigningMode.HTTP_MESSAGE_SIGNATURES, KEY, "X-Request-Id").signer();
    assertThat(Wire.signed(other, Requests.post()).get("signature-input"))
        .contains("\"x-request-id\")");
  }

  @Test
  void another_host_is_refused_but_another_spelling_of_it_is_not() {
    Wire wire = Wire.signed(signer, at("https", "pay.example"));
    assertThat(verdict(at("https", "PAY.example:443"), wire)).isEqualTo(SignatureVerdict.VALID);
    assertThat(verdict(at("https", "pay.example:80"), wire)).isEqualTo(SignatureVerdict.MISMATCH);
    assertThat(verdict(at("https", "evil.example"), wire)).isEqualTo(SignatureVerdict.MISMATCH);
  }

  @ParameterizedTest
  @CsvSource({
    "0, VALID",
    "600, VALID",
    "601, EXPIRED",
    "-600, VALID",
    "-601, NOT_YET_VALID",
  })
  void a_signature_lives_from_a_little_before_to_a_little_after_its_creation(
      long ageSeconds, SignatureVerdict verdict) {
    Wire wire = Wire.signed(signer, Requests.post());
    assertThat(verdict(Requests.post(), wire, NOW_MILLIS + ageSeconds * 1000)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "expires=1700000000, VALID",
    "expires=1699999999, EXPIRED",
    "expires=\"soon\", EXPIRED",
    "created=1699000000, EXPIRED",
    "created=\"1700000000\", MALFORMED",
    "alg=\"ed25519\", WRONG_ALGORITHM",
    "keyid=\"k9\", UNKNOWN_KEY",
    "nonce=\"abc\", VALID",
  })
  void parameters_are_judged(String param, SignatureVerdict verdict) {
    assertThat(
            verdict(Requests.post(), handSigned(ALL, ";created=1700000000;keyid=\"k1\";" + param)))
        .isEqualTo(verdict);
  }

  @Test
  void a_signature_without_its_time_is_malformed() {
    assertThat(verdict(Requests.post(), handSigned(ALL, ";keyid=\"k1\"")))
        .isEqualTo(SignatureVerdict.MALFORMED);
  }

  private static final String ALL =
      "\"@method\" \"@authority\" \"@path\" \"content-digest\" \"content-type\""
          + " \"x-timestamp\" \"x-client-request-id\"";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"@method\"",
        "\"@authority\"",
        "\"@path\"",
        "\"content-digest\"",
        "\"content-type\"",
        "\"x-timestamp\"",
        "\"x-client-request-id\""
      })
  void a_genuine_signature_that_leaves_a_part_out_is_refused(String part) {
    String fewer = ALL.replace(part, "").strip().replace("  ", " ");
    assertThat(verdict(Requests.post(), handSigned(ALL, ";created=1700000000")))
        .isEqualTo(SignatureVerdict.VALID);
    assertThat(verdict(Requests.post(), handSigned(fewer, ";created=1700000000")))
        .isEqualTo(SignatureVerdict.UNCOVERED);
  }

  @Test
  void the_body_must_match_the_digest_that_was_signed() {
    Wire wire = Wire.signed(signer, Requests.post());
    SigningInput changed = Requests.withBody(Requests.post(), "{\"amount\":2}");
    assertThat(verdict(changed, wire)).isEqualTo(SignatureVerdict.WRONG_DIGEST);
    wire.put("content-digest", digest(changed));
    assertThat(verdict(changed, wire)).isEqualTo(SignatureVerdict.MISMATCH);
    wire.put("content-digest", "md5=:AAAA:");
    assertThat(verdict(changed, wire)).isEqualTo(SignatureVerdict.WRONG_DIGEST);
    wire.without("content-digest");
    assertThat(verdict(changed, wire)).isEqualTo(SignatureVerdict.WRONG_DIGEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"content-type", "x-timestamp", "x-client-request-id"})
  void a_covered_header_changed_doubled_or_dropped_is_refused(String name) {
    Wire wire = Wire.signed(signer, Requests.post());
    wire.headers.put(name, List.of(wire.get(name), "x"));
    assertThat(verdict(Requests.post(), wire)).isEqualTo(SignatureVerdict.MISMATCH);
    wire.put(name, "x");
    assertThat(verdict(Requests.post(), wire)).isEqualTo(SignatureVerdict.MISMATCH);
    wire.without(name);
    assertThat(verdict(Requests.post(), wire)).isEqualTo(SignatureVerdict.MALFORMED);
  }

  @Test
  void a_signature_of_another_beside_ours_does_no_harm() {
    Wire wire = Wire.signed(signer, Requests.post());
    wire.add("signature-input", "proxy=();created=1700000000;keyid=\"theirs\"");
    wire.add("signature", "proxy=:AAAA:");
    assertThat(verdict(Requests.post(), wire)).isEqualTo(SignatureVerdict.VALID);
  }

  @Test
  void a_component_covered_twice_is_malformed() {
    Wire wire = Wire.signed(signer, Requests.post());
    wire.put("signature-input", "payonce=(" + ALL + " \"@path\");created=1700000000;keyid=\"k1\"");
    assertThat(verdict(Requests.post(), wire)).isEqualTo(SignatureVerdict.MALFORMED);
  }

  private static Wire handSigned(String covered, String params) {
    Wire wire = new Wire(Requests.post());
    wire.put("content-digest", digest(Requests.post()));
    String input = "(" + covered + ")" + params;
    wire.put("signature-input", "mine=" + input);
    InnerList list =
        (InnerList) StructuredFields.dictionary(wire.all("signature-input")).get("mine");
    ByteSink sink = new ByteSink();
    SignatureBase.write(
        list.get().stream().map(Component::of).toList(),
        list.serialize(),
        new RequestMessage(Requests.post(), wire::all),
        sink);
    return wire.put("signature", "mine=:" + base64(SigningEngine.of(KEY).over(sink)) + ":");
  }

  private static String digest(SigningInput input) {
    try {
      byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(input.body());
      return "sha-256=:" + base64(sha256) + ":";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static SigningInput at(String scheme, String authority) {
    SigningInput in = Requests.post();
    return Requests.at(
        in, new SigningInput.Target(scheme, authority, in.target().path(), null));
  }

  private static SignatureVerdict verdict(SigningInput input, Wire wire) {
    return verdict(input, wire, NOW_MILLIS);
  }

  private static SignatureVerdict verdict(SigningInput input, Wire wire, long nowMillis) {
    return Verifiers.of(
            SigningMode.HTTP_MESSAGE_SIGNATURES, List.of(KEY), "X-Client-Request-Id", TEN_MINUTES)
        .verify(input, wire::all, nowMillis);
  }
}
