package io.payonce.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.payonce.model.Scope;
import org.junit.jupiter.api.Test;

class AdminApiTest {
  private static AdminApi api(Scope scope) {
    return new AdminApi(new AdminComponents(null, null, scope, null, null, null, null));
  }

  @Test
  void a_payment_is_named_by_its_application_where_those_have_ids_of_their_own() {
    assertThat(api(Scope.APP).id("M1", "id-1", "a/b")).hasToString("M1~a%2Fb/id-1");
    assertThatThrownBy(() -> api(Scope.APP).id("M1", "id-1", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("?appId=");
  }

  @Test
  void elsewhere_the_application_changes_nothing() {
    assertThat(api(Scope.MERCHANT).id("M1", "id-1", "shop")).hasToString("M1/id-1");
    assertThat(api(Scope.MERCHANT).id("M1", "id-1", null)).hasToString("M1/id-1");
  }
}
