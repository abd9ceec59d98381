package io.payonce.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1999 USD | 19.99 USD",
        "5 USD | 0.05 USD",
        "0 EUR | 0.00 EUR",
        "1000 JPY | 1000 JPY",
        "1234 KWD | 1.234 KWD",
        "1000 USD, 600 in all | 10.00 USD, 6.00 in all",
        "USD, 600 in all | USD, 6.00 in all",
        "600 in all | 600 in all",
        "600 USD as SBX12-00345 | 6.00 USD as SBX12-00345",
        "1000 USD, 600 in all as 77 | 10.00 USD, 6.00 in all as 77",
        "600 as T-USD-1 | 600 as T-USD-1",
        "1999 QQQ | 1999 QQQ",
        "1999 XAU | 1999 XAU",
        "USD | USD",
      })
  void minor_units_are_written_as_decimals(String minor, String text) {
    assertThat(AmountText.text(minor)).isEqualTo(text);
  }
}
