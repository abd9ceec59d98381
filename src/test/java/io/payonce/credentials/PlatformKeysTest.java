package io.payonce.credentials;

import static io.payonce.ledger.LedgerWords.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.Overheard;
import io.payonce.signing.Signing;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A set of keys is replaced whole, or stays. */
@ExtendWith(VertxExtension.class)
class PlatformKeysTest {
  private final AtomicReference<String> file = new AtomicReference<>("old");
  private final PlatformKeys keys =
      new PlatformKeys("the keys of account south", this::read, CredentialUse.NONE);

  private RequestCredentials read() throws IOException {
    if (file.get().isEmpty()) {
      throw new IOException("the file is empty");
    }
    return new RequestCredentials(file.get(), Signing.bearer());
  }

  private boolean look(Vertx vertx) {
    return await(keys.renewedSince(vertx, System.currentTimeMillis() + 1_000_000_000));
  }

  @Test
  void what_cannot_be_read_leaves_the_old_in_use_and_the_log_says_whose_once(Vertx vertx) {
    try (Overheard log = Overheard.listen()) {
      file.set("");
      look(vertx);
      look(vertx);
      assertThat(keys.current().apiKey()).isEqualTo("old");
      assertThat(log.warnings())
          .filteredOn(line -> line.contains("account south"))
          .singleElement()
          .asString()
          .contains("the file is empty");
    }
    file.set("new");
    assertThat(look(vertx))
        .as("a send of the future was signed with no older key")
        .isFalse();
    assertThat(keys.current().apiKey()).isEqualTo("new");
    assertThat(await(keys.renewedSince(vertx, 0))).isTrue();
  }
}
