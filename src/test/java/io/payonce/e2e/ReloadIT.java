package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.payonce.server.LiveSettings;
import io.payonce.server.Pod;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits follow their file while payments run. */
class ReloadIT {
  @TempDir
  Path folder;

  @Test
  void a_new_limit_counts_without_a_restart() throws IOException {
    Path file = write("server:\n  maxBodyBytes: 2000\n");
    try (House house = new House()) {
      Map<String, String> fixed = house.fixed();
      LiveSettings live =
          LiveSettings.of(() -> Settings.load(Optional.of(file), Map.of(), Profile.SERVE, fixed));
      Vertx loops = Pod.vertx();
      Pod pod = House.await(Pod.start(loops, live, Future.succeededFuture()));
      try {
        Caller caller = new Caller("http://127.0.0.1:" + pod.port(), House.KEY);
        assertThat(status(caller, "a")).isEqualTo(413);
        write("server:\n  maxBodyBytes: 8000\n");
        await().atMost(Duration.ofSeconds(30)).until(() -> status(caller, "b") == 200);
      } finally {
        House.await(loops.close());
      }
    }
  }

  private int status(Caller caller, String id) {
    JsonObject body = Caller.sale("order-" + id, "reload-" + id);
    return caller.pay(body.put("description", "x".repeat(3000))).status();
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("payonce.yaml"), yaml);
  }
}
