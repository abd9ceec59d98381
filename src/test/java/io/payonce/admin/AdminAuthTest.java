package io.payonce.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.settings.Loaded.Ready;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who is let in at the admin port, and to what. */
class AdminAuthTest {
  private static final String ANNA = "anna:adm_0123456789abcdef";
  private static final String READS = "read_0123456789abcdef";

  private static AdminAuth auth(String token, String readToken) {
    Settings settings = ((Ready) Settings.load(
            Optional.empty(),
            Map.of(),
            Profile.SANDBOX,
            Map.of("admin.token", token, "admin.readToken", readToken)))
        .settings();
    return new AdminAuth(settings::admin, "127.0.0.1");
  }

  private static HttpServerRequest request(String method, String... headers) {
    MultiMap all = MultiMap.caseInsensitiveMultiMap().add("Host", "127.0.0.1:9090");
    for (int i = 0; i < headers.length; i += 2) {
      all.add(headers[i], headers[i + 1]);
    }
    return (HttpServerRequest) Proxy.newProxyInstance(
        AdminAuthTest.class.getClassLoader(),
        new Class<?>[] {HttpServerRequest.class},
        (proxy, called, args) -> switch (called.getName()) {
          case "method" -> HttpMethod.valueOf(method);
          case "headers" -> all;
          case "getHeader" -> all.get(String.valueOf(args[0]));
          default -> throw new UnsupportedOperationException(called.getName());
        });
  }

  private static int status(AdminAuth auth, String method, String token) {
    HttpServerRequest request = token == null
        ? request(method, "Content-Type", "application/json")
        : request(method, "Content-Type", "application/json", "Authorization", "Bearer " + token);
    return auth.refusal(request, auth.visitor(request), false)
        .map(AdminResponse::status)
        .orElse(200);
  }

  @Test
  void a_token_that_only_looks_decides_nothing() {
    AdminAuth auth = auth(ANNA, READS);
    assertThat(status(auth, "GET", READS)).isEqualTo(200);
    assertThat(status(auth, "POST", READS)).isEqualTo(403);
    assertThat(status(auth, "GET", "adm_0123456789abcdef")).isEqualTo(200);
    assertThat(status(auth, "POST", "adm_0123456789abcdef")).isEqualTo(200);
  }

  @Test
  void no_token_a_name_or_a_part_of_one_are_refused() {
    AdminAuth auth = auth(ANNA, READS);
    for (String shown : new String[] {null, "", "anna", "anna:", "adm_0123456789abcde", "ANNA"}) {
      assertThat(status(auth, "GET", shown)).as("%s", shown).isEqualTo(401);
      assertThat(status(auth, "POST", shown)).as("%s", shown).isEqualTo(401);
    }
  }

  @Test
  void the_name_is_that_of_the_token() {
    AdminAuth auth = auth(ANNA + ",second_0123456789abcdef", READS);
    assertThat(auth.visitor(request("GET", "Authorization", "Bearer adm_0123456789abcdef")))
        .contains(new Operator("anna", true));
    assertThat(auth.visitor(request("GET", "Authorization", "bearer second_0123456789abcdef")))
        .contains(new Operator("the holder of admin.token", true));
    assertThat(auth.visitor(request("GET", "Authorization", "Bearer wrong"))).isEmpty();
    assertThat(auth.visitor(request("GET"))).contains(Operator.STRANGER);
  }

  @Test
  void without_a_token_whoever_is_on_the_machine_decides() {
    AdminAuth open = auth("", "");
    assertThat(status(open, "POST", null)).isEqualTo(200);
    assertThat(open.visitor(request("GET"))).contains(Operator.LOCAL);
  }
}
