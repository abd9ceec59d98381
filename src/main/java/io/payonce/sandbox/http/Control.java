package io.payonce.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.payonce.sandbox.bank.Charge;
import io.payonce.sandbox.request.Call;
import io.payonce.sandbox.request.Json;
import io.payonce.sandbox.request.Refusal;
import io.payonce.sandbox.script.ScriptFault;
import io.payonce.sandbox.script.SimStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * The endpoints under /sandbox: what really happened, and faults, settings and endings on demand.
 */
final class Control {

  private final SandboxPlatform platform;
  private final CheckoutPages checkout;

  Control(SandboxPlatform platform) {
    this.platform = platform;
    this.checkout = new CheckoutPages(platform);
  }

  void handle(HttpServerRequest request, Buffer body) {
    try {
      if (request.path().startsWith(CheckoutPages.PATH)) {
        checkout.show(request);
      } else {
        Object shown = answer(request, body);
        ReplyWriter.json(request.response()).end(Buffer.buffer(Json.bytes(shown)));
      }
    } catch (Refusal refusal) {
      refuse(request, refusal);
    } catch (ScriptFault fault) {
      refuse(request, new Refusal("C02", "script: " + fault.getMessage()));
    } catch (IllegalArgumentException fault) {
      refuse(request, new Refusal("C02", fault.getMessage()));
    }
  }

  private Object answer(HttpServerRequest request, Buffer body) {
    return switch (request.method().name() + ' ' + request.path()) {
      case "GET /sandbox" -> endpoints();
      case "DELETE /sandbox" -> done(platform::reset);
      case "GET /sandbox/charges" -> charges(request);
      case "GET /sandbox/requests" -> requests(request);
      case "GET /sandbox/webhooks" -> webhooks(request);
      case "GET /sandbox/faults" -> platform.scripts().faults();
      case "POST /sandbox/faults" -> addFault(Json.parseObject(body.getBytes()));
      case "DELETE /sandbox/faults" -> done(platform::clearFaults);
      case "GET /sandbox/settings" -> settings();
      case "POST /sandbox/settings" -> changeSettings(Json.parseObject(body.getBytes()));
      case "POST /sandbox/settle" -> settle(Json.parseObject(body.getBytes()));
      case "GET /sandbox/pages" -> platform.pages();
      case "POST /sandbox/press" -> press(Json.parseObject(body.getBytes()));
      case "POST /sandbox/expire" -> expire(Json.parseObject(body.getBytes()));
      default -> throw new Refusal("C18", "unknown; GET /sandbox lists what there is");
    };
  }

  private static void refuse(HttpServerRequest request, Refusal refusal) {
    request.response().setStatusCode(refusal.code().equals("C18") ? 404 : 400);
    ObjectNode said = Json.object().put("code", refusal.code()).put("msg", refusal.getMessage());
    ReplyWriter.json(request.response()).end(Buffer.buffer(Json.bytes(said)));
  }

  private static List<String> endpoints() {
    return List.of(
        "GET /sandbox/charges?merchantId=&order=&transactionRequestId=",
        "GET /sandbox/requests?merchantId=&order=&transactionRequestId=",
        "GET /sandbox/webhooks?merchantId=&order=&transactionRequestId=",
        "GET, POST, DELETE /sandbox/faults {\"match\":{path,merchantId,order,"
            + "transactionRequestId},\"script\":\"E02 after charge\",\"times\":1}",
        "GET, POST /sandbox/settings",
        "POST /sandbox/settle {\"merchantId\",\"transactionRequestId\",\"as\":\"S\"}",
        "GET /sandbox/pages",
        "POST /sandbox/press {\"sessionId\",\"as\":\"pay\"|\"decline\"|\"abandon\","
            + "\"slowMillis\":3000}",
        "POST /sandbox/expire {\"what\":\"tmk\"|\"workingKey\"|\"session\"}",
        "DELETE /sandbox");
  }

  private static ObjectNode done(Runnable action) {
    action.run();
    return Json.object().put("code", "0");
  }

  private List<Charge> charges(HttpServerRequest request) {
    return platform.charges().all().stream()
        .filter(charge -> wanted(request, "merchantId", charge.merchantId())
            && wanted(request, "order", charge.order())
            && wanted(request, "transactionRequestId", charge.transactionRequestId()))
        .toList();
  }

  private List<ReceivedRequest> requests(HttpServerRequest request) {
    return platform.sends().all().stream()
        .filter(received -> wanted(request, "merchantId", received.merchantId())
            && wanted(request, "order", received.order())
            && wanted(request, "transactionRequestId", received.transactionRequestId()))
        .toList();
  }

  private List<SentWebhook> webhooks(HttpServerRequest request) {
    return platform.webhooks().stream()
        .filter(sent -> wanted(request, "merchantId", sent.merchantId())
            && wanted(request, "order", sent.order())
            && wanted(request, "transactionRequestId", sent.transactionRequestId()))
        .toList();
  }

  private static boolean wanted(HttpServerRequest request, String name, String value) {
    String asked = request.getParam(name);
    return asked == null || asked.equals(value);
  }

  private ObjectNode addFault(ObjectNode body) {
    refuseUnknown(body, List.of("match", "script", "times"));
    String script = Call.text(body, "script");
    if (script == null) {
      throw new IllegalArgumentException("script is required: a string");
    }
    JsonNode times = body.path("times");
    if (!times.isMissingNode() && (!times.canConvertToInt() || times.intValue() < 1)) {
      throw new IllegalArgumentException("times must be a whole number from 1");
    }
    platform.fault(FaultMatch.parse(body.path("match")), script, times.intValue());
    return Json.object().put("code", "0");
  }

  private ObjectNode settings() {
    ObjectNode shown = Json.MAPPER.valueToTree(platform.settings());
    shown.put(
        "signingKeys", platform.settings().access().signingKeys().size() + " accepted, not shown");
    shown.put("webhookSecret", "not shown");
    return shown.put("keys", platform.settings().access().keys().size() + " accepted, not shown");
  }

  private ObjectNode changeSettings(ObjectNode changes) {
    platform.settings(platform.settings().with(changes));
    return settings();
  }

  private ObjectNode settle(ObjectNode body) {
    refuseUnknown(body, List.of("merchantId", "transactionRequestId", "as", "resultCode"));
    Function<String, String> text = name -> Objects.requireNonNullElse(Call.text(body, name), "");
    String as = text.apply("as");
    if (!List.of("S", "F", "C").contains(as)) {
      throw new IllegalArgumentException("as must be S, F or C");
    }
    platform.settle(
        text.apply("merchantId"),
        text.apply("transactionRequestId"),
        SimStatus.valueOf(as),
        Call.text(body, "resultCode"));
    return Json.object().put("code", "0");
  }

  private ObjectNode press(ObjectNode body) {
    refuseUnknown(body, List.of("sessionId", "as", "resultCode", "slowMillis"));
    JsonNode slow = body.path("slowMillis");
    if (!slow.isMissingNode() && (!slow.canConvertToInt() || slow.intValue() < 0)) {
      throw new IllegalArgumentException("slowMillis must be a whole number from 0");
    }
    platform.press(
        Call.text(body, "sessionId"),
        Call.text(body, "as"),
        Call.text(body, "resultCode"),
        slow.asLong(0));
    return Json.object().put("code", "0");
  }

  private ObjectNode expire(ObjectNode body) {
    refuseUnknown(body, List.of("what"));
    platform.expire(Call.text(body, "what"));
    return Json.object().put("code", "0");
  }

  private static void refuseUnknown(ObjectNode body, List<String> known) {
    body.fieldNames().forEachRemaining(name -> {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "unknown member " + name + "; expected " + String.join(", ", known));
      }
    });
  }
}
