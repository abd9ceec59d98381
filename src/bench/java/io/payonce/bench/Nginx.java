package io.payonce.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Some of them: one plays the platform, one is a plain reverse proxy to compare with, and one does
 * a payment's work in Lua.
 */
final class Nginx {
  private Nginx() {}

  /** The platform's answer to any sale; silent about ids, which counts as agreement. */
  static String paid(String transaction) {
    return "{\"code\":\"0\",\"msg\":\"Success\",\"traceId\":\"" + transaction
        + "\",\"data\":{\"transactionId\":\"" + transaction
        + "\",\"transactionStatus\":\"S\",\"transactionResultCode\":\"000\"}}";
  }

  /** Where Debian's packages are; elsewhere than at / where nobody may install them. */
  private static final Path ROOT =
      Path.of(System.getenv().getOrDefault("BENCH_PACKAGES", "/"));

  /** Of Debian's libnginx-mod-http-echo: nginx by itself cannot take its time. */
  private static final Path ECHO = module("ngx_http_echo_module");

  /** Of libnginx-mod-http-ndk and libnginx-mod-http-lua. */
  private static final List<Path> LUA =
      List.of(module("ndk_http_module"), module("ngx_http_lua_module"));

  private static Path module(String name) {
    return ROOT.resolve("usr/lib/nginx/modules/" + name + ".so");
  }

  /** Why nginx cannot do a payment's work here; null when it can. */
  static String missingLua() {
    boolean all = LUA.stream().allMatch(Files::exists)
        && Files.exists(ROOT.resolve("usr/share/lua/5.1/nginx/redis.lua"))
        && Files.exists(ROOT.resolve("usr/lib/x86_64-linux-gnu/lua/5.1/cjson.so"));
    return !Tools.has("nginx")
        ? "nginx is not installed"
        : all ? null : "libnginx-mod-http-lua, lua-nginx-redis or lua-cjson is not installed";
  }

  /** What nginx' modules are linked with, where it is not where it should be. */
  static Map<String, String> environment() {
    String libraries = ROOT.resolve("usr/lib/x86_64-linux-gnu") + ":"
        + ROOT.resolve("lib/x86_64-linux-gnu");
    return ROOT.getParent() == null ? Map.of() : Map.of("LD_LIBRARY_PATH", libraries);
  }

  /** Auth, parsing, lock and journal, HMAC, settle: payment-proxy.lua beside this class. */
  static List<String> payments(Tools tools, int port, int platformPort, String redisUri)
      throws IOException {
    Path folder = tools.file("payment-proxy.lua").getParent();
    String conf = Files.readString(tools.file("payment-proxy.conf"))
        .replace("@ROOT@", ROOT.getParent() == null ? "/" : ROOT + "/")
        .replace("@FOLDER@", folder.toString())
        .replace("@REDIS@", redisUri.substring(redisUri.lastIndexOf(':') + 1))
        .replace("@PLATFORM@", Integer.toString(platformPort))
        .replace("@PORT@", Integer.toString(port));
    return start(tools, "nginx-lua", conf, LUA);
  }

  /** Why a platform that takes its time cannot run here; null when it can. */
  static String missing() {
    return !Tools.has("nginx")
        ? "nginx is not installed"
        : Files.exists(ECHO) ? null : "libnginx-mod-http-echo is not installed";
  }

  /** A platform that pays everything, so many milliseconds after it was asked. */
  static List<String> platform(Tools tools, int port, long millis) throws IOException {
    String answer = millis == 0
        ? "return 200 '%s';".formatted(paid("$request_id"))
        : "echo_sleep %s; echo -n '%s';".formatted(millis / 1e3, paid("$request_id"));
    return start(tools, "platform", """
        server {
          listen 127.0.0.1:%d backlog=16384;
          default_type application/json;
          location / { %s }
        }
        """.formatted(port, answer));
  }

  static List<String> proxy(Tools tools, int port, int platformPort) throws IOException {
    return start(tools, "nginx", """
        upstream platform { server 127.0.0.1:%d; keepalive 512; keepalive_requests 1000000000; }
        server {
          listen 127.0.0.1:%d backlog=4096;
          location / {
            proxy_pass http://platform;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
          }
        }
        """.formatted(platformPort, port));
  }

  private static List<String> start(Tools tools, String name, String servers) throws IOException {
    return start(tools, name, servers, Files.exists(ECHO) ? List.of(ECHO) : List.of());
  }

  private static List<String> start(
      Tools tools, String name, String servers, List<Path> modules) throws IOException {
    Path folder = Files.createDirectories(tools.folder().resolve(name));
    Path conf = folder.resolve("nginx.conf");
    Files.writeString(conf, """
        %3$s
        daemon off;
        worker_processes 1;
        pid %1$s/nginx.pid;
        error_log %1$s/error.log error;
        events { worker_connections 16384; }
        http {
          access_log off;
          keepalive_requests 1000000000;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
          %2$s
        }
        """.formatted(folder, servers, modules.stream()
        .map(module -> "load_module " + module + ";")
        .collect(Collectors.joining("\n"))));
    return List.of("nginx", "-p", folder.toString(), "-c", conf.toString());
  }
}
