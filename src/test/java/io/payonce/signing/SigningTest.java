package io.payonce.signing;

import static io.payonce.signing.Requests.NOW_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.payonce.sandbox.signature.SignatureVerdict;
import io.payonce.sandbox.signature.Verifier;
import io.payonce.sandbox.signature.Verifiers;
import io.payonce.signing.Requests.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every mode that signs: the genuine request passes, and nothing else. */
class SigningTest {
  private static final long TEN_MINUTES = 600_000;

  /** A mode with the keys of both sides, and another key of the same kind. */
  record Side(
      String name, SigningMode mode, SigningKey signs, SigningKey verifies, SigningKey other) {
    Signer signer() {
      return Signing.of(mode, signs).signer();
    }

    SignatureVerdict verdict(SigningInput input, Wire wire, SigningKey... keys) {
      return Verifiers.of(mode, List.of(keys), "X-Client-Request-Id", TEN_MINUTES)
          .verify(input, wire::all, NOW_MILLIS);
    }

    boolean coversTarget() {
      return mode != SigningMode.SORTED_PARAMS;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Side> sides() {
    return Stream.of(
        secret(SigningMode.HMAC_SHA256),
        secret(SigningMode.SORTED_PARAMS),
        secret(SigningMode.HTTP_MESSAGE_SIGNATURES),
        pair(SigningMode.RSA_SHA256, "RSA", null),
        pair(SigningMode.HTTP_MESSAGE_SIGNATURES, "RSA", SigningAlgorithm.RSA_PSS_SHA512),
        pair(SigningMode.HTTP_MESSAGE_SIGNATURES, "RSA", SigningAlgorithm.RSA_V1_5_SHA256),
        pair(SigningMode.HTTP_MESSAGE_SIGNATURES, "EC", SigningAlgorithm.ECDSA_P256_SHA256),
        pair(SigningMode.HTTP_MESSAGE_SIGNATURES, "Ed25519", SigningAlgorithm.ED25519));
  }

  private static Side secret(SigningMode mode) {
    SigningKey key = SigningKey.ofSecret("k1", Requests.utf8("first secret"));
    SigningKey other = SigningKey.ofSecret("k2", Requests.utf8("second secret"));
    return new Side(mode.wireName() + " with a secret", mode, key, key, other);
  }

  private static Side pair(SigningMode mode, String kind, SigningAlgorithm algorithm) {
    SigningAlgorithm used = algorithm == null ? SigningAlgorithm.RSA_V1_5_SHA256 : algorithm;
    return new Side(
        mode.wireName() + " with " + used.wireName(),
        mode,
        new SigningKey("k1", used, TestKeys.pair(kind, 1).getPrivate()),
        new SigningKey("k1", used, TestKeys.pair(kind, 1).getPublic()),
        new SigningKey("k2", used, TestKeys.pair(kind, 2).getPublic()));
  }

  static Stream<Arguments> tampered() {
    List<Arguments> cases = new ArrayList<>();
    for (Side side : sides().toList()) {
      add(
          cases,
          side,
          "the body",
          in -> Requests.withBody(in, "{\"amount\":2,\"note\":\"Grüße\"}"));
      add(cases, side, "a body taken away", in -> Requests.withBody(in, ""));
      add(cases, side, "the timestamp", in -> Requests.withTimestamp(in, "1700000000001"));
      if (side.coversTarget()) {
        add(cases, side, "the method", in -> Requests.withMethod(in, "PUT"));
        add(cases, side, "the path", in -> Requests.withPath(in, "/v1/checkout/refund"));
        add(cases, side, "a query added", in -> Requests.withQuery(in, "a=b"));
        add(cases, side, "an empty query added", in -> Requests.withQuery(in, ""));
        add(cases, side, "the request id", in -> Requests.withRequestId(in, "3f1c9a53"));
      }
    }
    return cases.stream();
  }

  private static void add(
      List<Arguments> cases, Side side, String what, UnaryOperator<SigningInput> change) {
    cases.add(Arguments.of(side, what, change));
  }

  @ParameterizedTest
  @MethodSource("sides")
  void a_signed_request_is_accepted_again_and_again(Side side) {
    Signer signer = side.signer();
    for (SigningInput input : List.of(Requests.post(), Requests.get(), Requests.post())) {
      assertThat(side.verdict(input, Wire.signed(signer, input), side.verifies()))
          .isEqualTo(SignatureVerdict.VALID);
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("tampered")
  void a_request_changed_on_the_way_is_refused(
      Side side, String what, UnaryOperator<SigningInput> change) {
    SigningInput sent = Requests.post();
    SigningInput arrived = change.apply(sent);
    Wire wire = Wire.signed(side.signer(), sent).under(arrived);
    assertThat(side.verdict(arrived, wire, side.verifies())).isNotEqualTo(SignatureVerdict.VALID);
  }

  @ParameterizedTest
  @MethodSource("sides")
  void a_changed_query_is_refused(Side side) {
    SigningInput arrived = Requests.withQuery(Requests.get(), "appId=a2&note=Gr%C3%BC%C3%9Fe");
    Wire wire = Wire.signed(side.signer(), Requests.get()).under(arrived);
    assertThat(side.verdict(arrived, wire, side.verifies())).isEqualTo(SignatureVerdict.MISMATCH);
  }

  @ParameterizedTest
  @MethodSource("sides")
  void a_body_added_to_a_request_without_one_is_refused(Side side) {
    SigningInput arrived = Requests.withBody(Requests.get(), "{\"amount\":5}");
    Wire wire = Wire.signed(side.signer(), Requests.get()).under(arrived);
    assertThat(side.verdict(arrived, wire, side.verifies())).isNotEqualTo(SignatureVerdict.VALID);
  }

  @ParameterizedTest
  @MethodSource("sides")
  void during_a_rotation_both_keys_are_accepted_and_the_key_id_chooses(Side side) {
    SigningInput input = Requests.post();
    Wire wire = Wire.signed(side.signer(), input);
    assertThat(side.verdict(input, wire, side.other(), side.verifies()))
        .isEqualTo(SignatureVerdict.VALID);
    assertThat(side.verdict(input, wire, side.other())).isEqualTo(SignatureVerdict.UNKNOWN_KEY);
    SigningKey sameName =
        new SigningKey("k1", side.other().algorithm(), side.other().key());
    assertThat(side.verdict(input, wire, sameName)).isEqualTo(SignatureVerdict.MISMATCH);
  }

  @ParameterizedTest
  @MethodSource("sides")
  void without_a_key_id_every_valid_key_is_tried(Side side) {
    SigningKey nameless =
        new SigningKey(null, side.signs().algorithm(), side.signs().key());
    SigningInput input = Requests.post();
    Wire wire = Wire.signed(Signing.of(side.mode(), nameless).signer(), input);
    assertThat(wire.headers.toString()).doesNotContain("keyid", "x-signature-key-id");
    assertThat(side.verdict(input, wire, side.other(), side.verifies()))
        .isEqualTo(SignatureVerdict.VALID);
    assertThat(side.verdict(input, wire, side.other())).isEqualTo(SignatureVerdict.MISMATCH);
  }

  @ParameterizedTest
  @MethodSource("sides")
  void an_unsigned_request_is_distinguished_from_a_badly_signed_one(Side side) {
    SigningInput input = Requests.post();
    assertThat(side.verdict(input, new Wire(input), side.verifies()))
        .isEqualTo(SignatureVerdict.UNSIGNED);
    Wire garbled = Wire.signed(side.signer(), input);
    String name = side.mode() == SigningMode.HTTP_MESSAGE_SIGNATURES ? "signature" : "x-signature";
    for (String garbage : List.of("!", "payonce=", "payonce=:!:", "payonce=1", "00")) {
      garbled.put(name, garbage);
      assertThat(side.verdict(input, garbled, side.verifies()))
          .isIn(SignatureVerdict.MALFORMED, SignatureVerdict.MISMATCH);
    }
  }

  @ParameterizedTest
  @MethodSource("sides")
  void what_cannot_be_signed_unambiguously_is_not_signed(Side side) {
    Signer signer = side.signer();
    List<SigningInput> bad =
        new ArrayList<>(List.of(Requests.withTimestamp(Requests.post(), "1\n2")));
    if (side.coversTarget()) {
      bad.add(Requests.withPath(Requests.post(), "/v1/\nx"));
      bad.add(Requests.withPath(Requests.post(), "/v1/ü"));
      bad.add(Requests.withQuery(Requests.post(), "a=ü"));
      bad.add(Requests.withRequestId(Requests.post(), null));
      bad.add(Requests.withRequestId(Requests.post(), "a\r\nb"));
    } else {
      bad.add(Requests.withBody(Requests.post(), "[1]"));
      bad.add(Requests.withBody(Requests.post(), "{\"a\":"));
    }
    for (SigningInput input : bad) {
      assertThatThrownBy(
              () -> signer.sign(input, (name, value) -> assertThat(name).isNull()))
          .isInstanceOf(UnsignableException.class);
    }
    assertThat(side.verdict(Requests.post(), Wire.signed(signer, Requests.post()), side.verifies()))
        .isEqualTo(SignatureVerdict.VALID);
  }

  @Test
  void bearer_adds_nothing_and_checks_nothing() {
    SigningInput input = Requests.post();
    Wire wire = Wire.signed(Signing.bearer().signer(), input);
    assertThat(wire.headers).isEqualTo(new Wire(input).headers);
    Verifier verifier = Verifiers.of(SigningMode.BEARER, List.of(), "X-Client-Request-Id", 1);
    assertThat(verifier.verify(input, wire::all, NOW_MILLIS)).isEqualTo(SignatureVerdict.VALID);
  }

  @ParameterizedTest
  @EnumSource(value = SigningMode.class, names = "BEARER", mode = EnumSource.Mode.EXCLUDE)
  void a_mode_says_which_key_it_lacks(SigningMode mode) {
    assertThatThrownBy(() -> Signing.of(mode, null)).hasMessage(mode.wireName() + " needs a key");
  }

  @Test
  void a_key_of_the_wrong_kind_is_named() {
    SigningKey ec = SigningKey.of(null, TestKeys.pair("EC", 1).getPrivate());
    assertThatThrownBy(() -> Signing.of(SigningMode.RSA_SHA256, ec))
        .hasMessage(
            "rsa-v1_5-sha256 needs an RSA key of 2048 bits or more, not an EC key of 256 bits");
    assertThatThrownBy(() -> Signing.of(SigningMode.HMAC_SHA256, ec))
        .hasMessage("hmac-sha256 needs a shared secret, not an EC key of 256 bits");
  }

  @Test
  void modes_and_algorithms_are_found_by_their_names() {
    for (SigningMode mode : SigningMode.values()) {
      assertThat(SigningMode.of(mode.wireName())).isEqualTo(mode);
    }
    for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
      assertThat(SigningAlgorithm.of(algorithm.wireName())).isEqualTo(algorithm);
    }
    assertThatThrownBy(() -> SigningMode.of("md5"))
        .hasMessage(
            "expected one of bearer, hmac-sha256, rsa-sha256, sorted-params, http-message-signatures");
    assertThatThrownBy(() -> SigningAlgorithm.of("none"))
        .hasMessageStartingWith("expected one of hmac-sha256");
  }

  @Test
  void nothing_secret_is_printed() {
    SigningKey secret = SigningKey.ofSecret("k1", Requests.utf8("hunter2"));
    assertThat(Signing.of(SigningMode.HMAC_SHA256, secret).toString())
        .contains("k1", "***")
        .doesNotContain("hunter2", "SecretKeySpec");
    assertThat(Requests.post().toString()).doesNotContain("amount");
    SigningKey rsa = SigningKey.of("k1", TestKeys.pair("RSA", 1).getPrivate());
    assertThat(rsa.toString()).isEqualTo("SigningKey[id=k1, algorithm=rsa-pss-sha512, key=***]");
  }
}
