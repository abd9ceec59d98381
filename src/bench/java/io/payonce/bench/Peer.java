package io.payonce.bench;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One program that can stand between a checkout and the platform.
 *
 * @param work how much of a payment proxy's work it does
 * @param missing why it cannot run here; null when it can
 */
record Peer(String name, String work, String missing, Start start) {
  static final String NGINX = "nginx";
  static final String LUA = "nginx and LuaJIT";
  static final String BARE = "bare Vert.x";
  static final String FLOOR = "bare Vert.x and Redis";
  static final String FEWEST = "pass-through, fewest writes";
  static final String COMMANDS = "pass-through, all commands";
  static final String HTTP_PROXY = "vertx-http-proxy";
  static final String GATEWAY = "Spring Cloud Gateway";
  static final String PAYONCE = "Payonce";
  static final String FORMER = "Payonce, former release";

  /** Class path of another release to compare with, if any. */
  private static final String FORMER_CLASSES = System.getenv("BENCH_FORMER");

  /** How the JVMs are run: as {@code k8s/image/java.args} says, with a heap of one size for all. */
  static final List<String> JVM = Stream.concat(
          Stream.of("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:NewRatio=1",
              "-XX:MaxTenuringThreshold=2",
              "-XX:+UseTransparentHugePages", "-Dio.netty.allocator.type=pooled"),
          // Unknown to a JDK before that of the image.
          Stream.of("-XX:+UseCompactObjectHeaders").filter(flag -> Runtime.version().feature() >= 25))
      .toList();

  /** Where everything is. */
  record Place(Tools tools, int port, int platformPort, String redisUri, List<String> jvm) {}

  /** What to run. */
  record Program(List<String> command, Map<String, String> env) {}

  /** Says how to run it there. */
  @FunctionalInterface
  interface Start {
    Program at(Place place) throws java.io.IOException;
  }

  static List<Peer> all(Path project) {
    return List.of(
        new Peer(
            NGINX,
            "passes on",
            Tools.has("nginx") ? null : "nginx is not installed",
            place -> new Program(
                Nginx.proxy(place.tools(), place.port(), place.platformPort()), Map.of())),
        new Peer(
            LUA,
            "auth, checks, lock and record and journal, HMAC, final record; no sealing, no recovery",
            Nginx.missingLua(),
            place -> new Program(
                Nginx.payments(
                    place.tools(), place.port(), place.platformPort(), place.redisUri()),
                Nginx.environment())),
        java(BARE, "reads the body whole, passes on", PassThrough.class),
        new Peer(
            FLOOR,
            "the same, and asks Redis before and after as a payment does, but for nothing",
            null,
            place -> pass(PassThrough.class, place, List.of(place.redisUri()))),
        scripts(FEWEST, "reads the body whole, passes on, makes the fewest writes of a ledger, decides nothing", CommandScripts.FEWEST),
        scripts(COMMANDS, "the same, with all commands of a sale", CommandScripts.ALL),
        java(HTTP_PROXY, "passes on, streaming", BareHttpProxy.class),
        gateway(project.resolve("src/bench/scg/target/gateway")),
        new Peer(
            PAYONCE,
            "all: record, lock, intent, sealing, HMAC, checks, final answer, metrics",
            null,
            place -> payonce(place, System.getProperty("java.class.path"))),
        new Peer(
            FORMER,
            "the same",
            FORMER_CLASSES == null ? "BENCH_FORMER does not say where it is" : null,
            place -> payonce(place, FORMER_CLASSES)));
  }

  private static Peer java(String name, String work, Class<?> main) {
    return new Peer(name, work, null, place -> pass(main, place, List.of()));
  }

  private static Program pass(Class<?> main, Place place, List<String> more) {
    List<String> args = new ArrayList<>();
    args.add(Integer.toString(place.port()));
    args.add(Integer.toString(place.platformPort()));
    args.addAll(more);
    return new Program(
        jvm(place, System.getProperty("java.class.path"), main.getName(), args), Map.of());
  }

  private static Peer scripts(String name, String work, CommandScripts scripts) {
    return new Peer(
        name,
        work,
        null,
        place -> pass(PassThrough.class, place, List.of(place.redisUri(), scripts.name())));
  }

  private static Peer gateway(Path built) {
    return new Peer(
        GATEWAY,
        "Redisson lock an order, HMAC; no record, no intent, no sealing, no replay",
        Files.isDirectory(built) ? null : "not built; see src/bench/README.md",
        place -> new Program(
            jvm(place, built.toAbsolutePath() + "/*", "io.payonce.bench.gateway.Gateway", List.of()),
            Map.of(
                "SERVER_PORT", Integer.toString(place.port()),
                "BENCH_PLATFORM", "http://127.0.0.1:" + place.platformPort(),
                "BENCH_REDIS", place.redisUri())));
  }

  private static Program payonce(Place place, String classPath) {
    return new Program(
        jvm(place, classPath, "io.payonce.Main", List.of("serve")),
        Map.ofEntries(
            Map.entry("PAYONCE_SERVER_PORT", Integer.toString(place.port())),
            Map.entry("PAYONCE_ADMIN_PORT", "0"),
            Map.entry("PAYONCE_CLIENT_KEYS", "bench:pk_bench"),
            Map.entry("PAYONCE_REDIS_URIS", place.redisUri()),
            Map.entry("PAYONCE_UPSTREAM_BASE_URL", "http://127.0.0.1:" + place.platformPort()),
            Map.entry("PAYONCE_UPSTREAM_API_KEY", "sk_bench"),
            Map.entry("PAYONCE_UPSTREAM_MAX_CONNECTIONS", "20000"),
            Map.entry("PAYONCE_SIGNING_MODE", "hmac-sha256"),
            Map.entry("PAYONCE_SIGNING_SECRET", "a secret of the benchmark"),
            Map.entry("PAYONCE_LEDGER_ENCRYPTION_KEY", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")));
  }

  private static List<String> jvm(Place place, String classPath, String main, List<String> args) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin/java");
    command.addAll(place.jvm());
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(args);
    return command;
  }
}
