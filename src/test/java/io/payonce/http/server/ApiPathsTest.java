package io.payonce.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.model.AddedOperation;
import io.payonce.model.Operation.Doubt;
import io.payonce.model.Operations;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiPathsTest {
  private static final Operations CALLS =
      Operations.with(List.of(at("/v1/wallet/charge"), at("/v1/wallet/Pay_out.v2")));

  private static AddedOperation at(String path) {
    return new AddedOperation(
        "added", path, "none", AddedOperation.REQUEST_ID, Doubt.ASK_ONLY, List.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/checkout/sale/",
        "/v1/checkout/sale.json",
        "/v1/Checkout/SALE",
        "/v1/wallet/charge/",
        "/v1/wallet/Charge",
        "/v1/wallet/charge.json",
        "/v1/wallet/charge.json/",
        "/v1/wallet/charge.v2.json",
        "/v1/wallet/charge.",
        "/v1/wallet/pay_out.v2",
        "/v1/wallet/Pay_out.V2",
        "/v1/wallet/Pay_out.v2/",
        "/v1/wallet/Pay_out.v2.json",
        "/v1/WALLET/PAY_OUT.V2.JSON/"
      })
  void what_another_server_could_take_for_an_operation_resembles_it(String path) {
    assertThat(ApiPaths.resemblesOperation(CALLS, path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/wallet/charge",
        "/v1/wallet/Pay_out.v2",
        "/v1/wallet/pay_out",
        "/v1/wallet/pay_out.v3",
        "/v1/wallet/charges",
        "/v1/wallet/charge/more",
        "/v1/wallet.json/charges",
        "/v1/wallet"
      })
  void an_operation_itself_and_other_calls_resemble_none(String path) {
    assertThat(ApiPaths.resemblesOperation(CALLS, path)).isFalse();
  }

  @Test
  void what_no_configuration_adds_resembles_nothing() {
    assertThat(ApiPaths.resemblesOperation(Operations.KNOWN, "/v1/wallet/Charge"))
        .isFalse();
  }
}
