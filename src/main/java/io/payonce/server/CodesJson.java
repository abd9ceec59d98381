package io.payonce.server;

import io.payonce.rule.Code;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The platform's codes and what is done about them. */
final class CodesJson {
  private CodesJson() {}

  static OpsAnswer answer() {
    JsonArray rows = new JsonArray();
    for (Code code : Code.values()) {
      rows.add(new JsonObject()
          .put("code", code.text())
          .put("documented", code.isOnPage())
          .put("meaning", code.meaning())
          .put("payonce", code.does())
          .put("you", code.yours()));
    }
    return OpsAnswer.json(rows.encode());
  }
}
