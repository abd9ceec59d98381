package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.payonce.FreePorts;
import io.payonce.sandbox.http.SampleCheckout;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The code blocks of the README, and the Java that it leads to, run as they stand; this pod's port
 * alone takes the place of the usual one. Node's is skipped where the SDK cannot be installed,
 * curl's where there is no curl.
 */
class ReadmeIT {
  private static final Path README = Path.of("README.md");
  private static final Path FAQ = Path.of("src/site/markdown/faq.md");
  private static final Path PLACE = Path.of("target/readme");
  private static final String USUAL = "http://127.0.0.1:8080";

  private static final String SHOP = "127.0.0.1:8085";
  private static final String SECRET = "whsec_demo_checkout";

  private static Vertx loops;
  private static SampleCheckout shop;
  private static TestPod testPod;

  @BeforeAll
  static void open() throws IOException {
    Files.createDirectories(PLACE);
    loops = Vertx.vertx();
    shop = TestPod.await(SampleCheckout.start(loops, 0, () -> SECRET, heard -> {}));
    int port = FreePorts.next();
    testPod = new TestPod(Map.of(
            "client.keys",
            "demo:pk_demo,test:" + TestPod.KEY,
            "webhook.port",
            "" + port,
            "webhook.publicUrl",
            "http://127.0.0.1:" + port,
            "webhook.secret",
            "whsec_sandbox",
            "notify.secret",
            SECRET,
            "notify.allowHosts",
            shop.authority()))
        .reportedTo(shop.notifyUrl());
  }

  @AfterAll
  static void close() {
    testPod.close();
    TestPod.await(loops.close());
  }

  @Test
  void the_node_block_waits_until_the_payment_is_final() throws Exception {
    Command.Done installed = NodeSdk.install();
    assumeTrue(installed.well(), "skipped: " + installed.out());
    script("pay-1001", "pending 1s");
    Files.writeString(NodeSdk.PLACE.resolve("readme.mjs"), block(README, "js", 0));
    assertThat(Command.run(NodeSdk.PLACE, "node", "readme.mjs").out().strip()).endsWith("\npaid");
    assertThat(charged("order-1001")).isEqualTo(1);
  }

  @Test
  void the_java_block_pays_once_however_often_it_runs() throws Exception {
    Path source = Files.writeString(PLACE.resolve("Checkout.java"), block(FAQ, "java", 0));
    String classes = System.getProperty("java.class.path");
    int faults = ToolProvider.getSystemJavaCompiler()
        .run(
            null,
            null,
            null,
            "-proc:none",
            "-cp",
            classes,
            "-d",
            PLACE.toString(),
            source.toString());
    assertThat(faults).isZero();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    for (int i = 0; i < 2; i++) {
      String path = PLACE + File.pathSeparator + classes;
      assertThat(Command.run(Path.of(""), java, "-cp", path, "Checkout").out().strip())
          .isEqualTo("paid");
    }
    assertThat(charged("order-1002")).isEqualTo(1);
  }

  @Test
  void the_curl_line_gets_the_same_answer_twice() throws Exception {
    assumeTrue(Command.run(Path.of(""), "curl", "--version").well(), "skipped: no curl");
    Path line = Files.writeString(PLACE.resolve("sale.sh"), block(README, "", 1));
    assertThat(Command.run(Path.of(""), "sh", line.toString()).out())
        .contains("\"transactionStatus\":\"S\"")
        .doesNotContainIgnoringCase("payonce-replayed: true");
    assertThat(Command.run(Path.of(""), "sh", line.toString()).out())
        .contains("\"transactionStatus\":\"S\"")
        .containsIgnoringCase("payonce-replayed: true");
    assertThat(charged("order-1000")).isEqualTo(1);
    Path listing = Files.writeString(PLACE.resolve("heard.sh"), listing());
    TestPod.until(
        () -> Command.run(Path.of(""), "sh", listing.toString()).out().contains("pay-1000"));
    assertThat(Command.run(Path.of(""), "sh", listing.toString()).out())
        .containsOnlyOnce("\"transactionRequestId\":\"pay-1000\",\"transactionStatus\":\"S\"");
  }

  /** A block of the page, counted among those of its language. */
  private static String block(Path page, String language, int number) throws IOException {
    String code = text(page, language, number);
    assertThat(code.split(Pattern.quote(USUAL), -1)).as("one address").hasSize(2);
    return code.replace(USUAL, testPod.caller().base()).replace(SHOP, shop.authority());
  }

  /** The line that asks the sample shop, in the middle of a sentence. */
  private static String listing() throws IOException {
    String line = "curl http://" + SHOP + "/";
    assertThat(Files.readString(README)).contains("`" + line + "`");
    return line.replace(SHOP, shop.authority());
  }

  private static String text(Path page, String language, int number) throws IOException {
    return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
        .matcher(Files.readString(page))
        .results()
        .map(found -> found.group(1))
        .skip(number)
        .findFirst()
        .orElseThrow();
  }

  private static void script(String id, String script) {
    JsonObject match = new JsonObject().put("transactionRequestId", id);
    String fault = new JsonObject().put("match", match).put("script", script).encode();
    URI faults = URI.create(testPod.platform().baseUrl() + "/sandbox/faults");
    assertThat(testPod
            .caller()
            .send(HttpRequest.newBuilder(faults)
                .POST(BodyPublishers.ofString(fault))
                .build())
            .join()
            .status())
        .isEqualTo(200);
  }

  private static int charged(String order) {
    URI charges = URI.create(testPod.platform().baseUrl() + "/sandbox/charges?merchantId="
        + Caller.MERCHANT + "&order=" + order);
    return new JsonArray(testPod
            .caller()
            .send(HttpRequest.newBuilder(charges).build())
            .join()
            .body())
        .size();
  }
}
