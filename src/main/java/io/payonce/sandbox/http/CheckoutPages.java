package io.payonce.sandbox.http;

import io.vertx.core.http.HttpServerRequest;

/** The hosted page as a browser sees it: buttons, and what came of pressing one. */
final class CheckoutPages {

  static final String PATH = "/sandbox/checkout/";

  /** Long enough to expire the page meanwhile by hand. */
  private static final String SLOWLY = "10000";

  private final SandboxPlatform platform;

  CheckoutPages(SandboxPlatform platform) {
    this.platform = platform;
  }

  void show(HttpServerRequest request) {
    boolean pressed = request.method().name().equals("POST");
    if (pressed) {
      press(request);
    }
    request
        .response()
        .putHeader("Content-Type", "text/html; charset=UTF-8")
        .end("<!doctype html><title>Sandbox</title>" + (pressed ? done(request) : buttons()));
  }

  private void press(HttpServerRequest request) {
    platform.press(
        request.path().substring(PATH.length()),
        given(request, "as", "pay"),
        request.getParam("resultCode"),
        Long.parseLong(given(request, "slowMillis", "0")));
  }

  private static String done(HttpServerRequest request) {
    return given(request, "as", "pay").equals("pay") ? "<p>Paid, or being paid." : "<p>Not paid.";
  }

  private static String buttons() {
    return "<form method=post><button>Pay</button> "
        + "<button formaction='?slowMillis=" + SLOWLY + "'>Pay slowly</button> "
        + "<button formaction='?as=decline'>Decline</button></form>";
  }

  private static String given(HttpServerRequest request, String name, String usual) {
    String value = request.getParam(name);
    return value == null ? usual : value;
  }
}
