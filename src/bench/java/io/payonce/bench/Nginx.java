package io.payonce.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Two of them: one plays the platform, the other is a plain reverse proxy to compare with. */
final class Nginx {
  private Nginx() {}

  /** The platform's answer to any sale; silent about ids, which counts as agreement. */
  static String paid(String transaction) {
    return "{\"code\":\"0\",\"msg\":\"Success\",\"traceId\":\"" + transaction
        + "\",\"data\":{\"transactionId\":\"" + transaction
        + "\",\"transactionStatus\":\"S\",\"transactionResultCode\":\"000\"}}";
  }

  /** Of Debian's libnginx-mod-http-echo: nginx by itself cannot take its time. */
  private static final Path ECHO = Path.of("/usr/lib/nginx/modules/ngx_http_echo_module.so");

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
    Path folder = Files.createDirectories(tools.folder().resolve(name));
    Path conf = folder.resolve("nginx.conf");
    Files.writeString(conf, """
        %3$s
        daemon off;
        worker_processes 1;
        pid %1$s/nginx.pid;
        error_log %1$s/error.log crit;
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
        """.formatted(folder, servers, Files.exists(ECHO) ? "load_module " + ECHO + ";" : ""));
    return List.of("nginx", "-p", folder.toString(), "-c", conf.toString());
  }
}
