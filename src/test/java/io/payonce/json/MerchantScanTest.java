package io.payonce.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.payonce.json.MerchantScan.Named;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MerchantScanTest {
  private static Named body(String json) throws Malformed {
    return MerchantScan.body(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'merchantId':'M1'} | M1 | M1",
        "{'merchantId':'\\u004d1'} | M1 | M1",
        "{'merchant\\u0049d':'M1'} | M1 | M1",
        "{'amount':{'x':[1,{'y':[]}]},'merchantId':'M1','last':true} | M1 | M1",
        "{'merchantId':17} | 17 | 17",
        "{'merchantId':true} | true | true",
        "{'merchantId':['M1']} | | M1",
        "{'merchantIds':['M1',['M2',null],3]} | | M1 M2 3",
        "{'merchant_id':'M2','merchantId':'M1'} | M1 | M1 M2",
        "{'MERCHANTID':'M2'} | | M2",
        "{'x':{'merchantId':'M2'},'merchantId':'M1'} | M1 | M1 M2",
        "{'x':[{'y':{'Merchant-Id':'M3'}}],'merchantId':'M1'} | M1 | M1 M3",
        "{'filter.merchantId':'M2'} | | M2",
        "{'merchantId':null} | | ",
        "{'merchantId':''} | | ",
        "{'subMerchantId':'M2','merchant':'M3','merchantIdentifier':'M4'} | | ",
        "{} | | "
      })
  void each_merchant_of_a_body_is_found(String json, String plain, String all) throws Malformed {
    Named named = body(json);
    assertThat(named.plain()).isEqualTo(plain);
    assertThat(named.all()).isEqualTo(all == null ? Set.of() : Set.of(all.split(" ")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{'merchantId':'M1','merchantId':'M1'}",
        "{'merchantId':'M1'",
        "{'merchantId':'M1'} {}",
        "{'x':{'merchantId':'M1','merchantId':'M2'},'merchantId':'M1'}",
        "{'merchantId':{'merchantId':'M1'}}",
        "{'merchantIds':[{'id':'M1'}]}"
      })
  void what_two_readers_could_understand_differently_is_no_answer(String json) {
    assertThatThrownBy(() -> body(json)).isInstanceOf(Malformed.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "merchantId=M1 | M1 | M1",
        "a=b&merchantId=M%31&c | M1 | M1",
        "merchant%49d=M1 | M1 | M1",
        "merchantId=M1&merchantid=M2 | M1 | M1 M2",
        "merchantId=M1&merchantId[]=M2 | M1 | M1 M2",
        "merchantId=M1&filter[merchant_id][0]=M2 | M1 | M1 M2",
        "merchantId=M1&x=1;merchantId=M2 | M1 | M1 M2",
        "x;merchantId=M2&merchantId=M1 | M1 | M1 M2",
        "x=1;y;merchant_id=M2;z=3&merchantId=M1 | M1 | M1 M2",
        "x=1;&merchantId=M1 | M1 | M1",
        "merchantId= | | ",
        "merchantId | | ",
        "other=M1 | | ",
        "'' | | "
      })
  void each_merchant_of_a_query_is_found(String query, String plain, String all) throws Malformed {
    Named named = MerchantScan.query(query);
    assertThat(named.plain()).isEqualTo(plain);
    assertThat(named.all()).isEqualTo(all == null ? Set.of() : Set.of(all.split(" ")));
  }

  @Test
  void no_query_names_no_merchant_and_a_doubtful_one_is_refused() throws Malformed {
    assertThat(MerchantScan.query(null)).isEqualTo(new Named(null, Set.of()));
    for (String odd : new String[] {"merchantId=M1&merchantId=M1", "merchantId=%4", "x=%ff"}) {
      assertThatThrownBy(() -> MerchantScan.query(odd)).isInstanceOf(Malformed.class);
    }
  }
}
