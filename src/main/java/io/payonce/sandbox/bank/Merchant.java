package io.payonce.sandbox.bank;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.payonce.sandbox.request.Call;
import io.payonce.sandbox.request.Json;

/** Master data: every merchant is the same small shop with two terminals. */
final class Merchant {

  private Merchant() {}

  static ObjectNode describe(Call call) {
    ObjectNode data = Json.object()
        .put("merchantId", call.merchantId())
        .put("dbaName", "Sandbox Coffee")
        .put("mcc", "5814");
    data.putObject("address").put("city", "Springfield").put("countryCode", "US");
    data.put("status", "Y");
    data.putArray("midList").addObject().put("channelCode", "SANDBOX").put("mid", "000000000001");
    return data;
  }

  static ObjectNode terminals(Call call) {
    ObjectNode data = Json.object().put("merchantId", call.merchantId());
    data.putNull("nextToken");
    var list = data.putArray("terminals");
    for (String serial : new String[] {"SBX0000001", "SBX0000002"}) {
      list.addObject().put("terminalSn", serial).put("status", "Y");
    }
    return data;
  }
}
