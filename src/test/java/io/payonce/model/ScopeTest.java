package io.payonce.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {
  @Test
  void a_merchants_ids_are_named_as_they_ever_were() {
    PaymentId id = new PaymentId(Scope.MERCHANT.owner("M_1", "shop"), "id-1");
    assertThat(id).hasToString("M_1/id-1");
    assertThat(id.merchantId()).isEqualTo("M_1");
    assertThat(id.appId()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop", "~", "a/b", "{s1}", "50% off", "a+b", "M1~x", "~canary", "'\"|*"})
  void an_applications_ids_are_its_own_whatever_it_is_called(String app) {
    PaymentId id = new PaymentId(Scope.APP.owner("M1", app), "id-1");
    assertThat(PaymentId.parse(id.toString())).isEqualTo(id);
    assertThat(id.merchantId()).isEqualTo("M1");
    assertThat(id.appId()).isEqualTo(app);
    assertThat(id.owner()).doesNotContain("/", "{", "}", " ", "\n").startsWith("M1~");
    assertThat(id.other("id-2")).hasToString(id.owner() + "/id-2");
    assertThat(id).isNotEqualTo(new PaymentId(Scope.APP.owner("M1", app + "x"), "id-1"));
  }

  @Test
  void what_begins_with_the_sign_of_an_application_is_no_merchants() {
    assertThat(PaymentId.parse("~canary17/x").merchantId()).isEqualTo("~canary17");
  }
}
