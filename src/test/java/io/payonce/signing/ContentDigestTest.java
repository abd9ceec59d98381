package io.payonce.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ContentDigestTest {
  @Test
  void content_digest_sha_256_is_that_of_rfc_9530() {
    // RFC 9530, sections B.1 and B.2; RFC 9421, section 7.2.8
    Map.of(
            "{\"hello\": \"world\"}\n", "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:",
            "", "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:",
            "{\"hello\": \"world\"}", "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:")
        .forEach((body, field) ->
            assertThat(new ContentDigest().of(Requests.utf8(body))).isEqualTo(field));
  }
}
