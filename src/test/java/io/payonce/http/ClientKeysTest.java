package io.payonce.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is who while the file of keys changes. */
class ClientKeysTest {
  private static final String TILL = "key_of_the_till";
  private static final String SHOP = "key_of_the_shop";
  private static final String OTHER = "key_of_another";

  @TempDir
  Path folder;

  private Set<String> listed = Set.of("till");
  private boolean open;
  private ClientKeys keys;

  @BeforeEach
  void open() throws IOException {
    Path file = Files.writeString(folder.resolve("keys"), "till:" + TILL + "\nshop:" + SHOP);
    Settings settings = Settings.load(
            Optional.empty(),
            Map.of(),
            Profile.SANDBOX,
            Map.of("client.keysFile", file.toString(), "client.merchants", "till=M1"))
        .orThrow();
    keys = ClientKeys.of(
        settings,
        () -> new Settings.Client(
            List.of(),
            open,
            listed.stream().collect(Collectors.toMap(name -> name, name -> Set.of("M1")))));
  }

  private void write(String content) throws IOException {
    Files.writeString(folder.resolve("keys"), content);
    keys.reread();
  }

  private String name(String key) {
    return keys.name("Bearer " + key);
  }

  @Test
  void a_client_with_a_list_that_gets_a_new_name_waits_until_the_list_has_it() throws IOException {
    write("till2:" + TILL + "\nshop:" + SHOP);
    assertThat(name(TILL)).as("it would be kept to no merchant").isNull();
    assertThat(name(SHOP)).isEqualTo("shop");
    listed = Set.of("till2");
    keys.reread();
    assertThat(name(TILL)).isEqualTo("till2");
  }

  @Test
  void a_key_that_is_removed_is_refused_at_once() throws IOException {
    write("shop:" + SHOP);
    assertThat(name(TILL)).isNull();
    assertThat(name(SHOP)).isEqualTo("shop");
    write("shop:" + OTHER);
    assertThat(name(SHOP)).isNull();
    assertThat(name(OTHER)).as("its name is not new").isEqualTo("shop");
  }

  @Test
  void new_names_come_while_all_that_are_listed_have_a_key() throws IOException {
    write("till:" + TILL + "\ntill:" + OTHER + "\nnew:" + SHOP);
    assertThat(name(TILL)).isEqualTo("till");
    assertThat(name(OTHER)).isEqualTo("till");
    assertThat(name(SHOP)).isEqualTo("new");
  }

  @Test
  void whether_a_key_is_needed_is_what_the_settings_say_by_now() {
    open = true;
    assertThat(keys.areOpen()).isTrue();
    open = false;
    assertThat(keys.areOpen()).isFalse();
  }

  @Test
  void a_faulty_file_changes_nothing() throws IOException {
    write("till");
    assertThat(name(TILL)).isEqualTo("till");
    assertThat(name(SHOP)).isEqualTo("shop");
  }

  /** Who read it would wait for ever. */
  @Test
  @Timeout(60)
  void a_pipe_in_the_file_s_place_changes_nothing() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")));
    Path file = folder.resolve("keys");
    Files.delete(file);
    new ProcessBuilder("/usr/bin/mkfifo", file.toString()).start().waitFor();
    keys.reread();
    assertThat(name(SHOP)).isEqualTo("shop");
  }

  @Test
  void a_mark_before_the_text_is_none_of_it() throws IOException {
    write("\uFEFFshop:" + OTHER + "\r\ntill:" + TILL + "\r\n");
    assertThat(name(OTHER)).isEqualTo("shop");
    assertThat(name(TILL)).isEqualTo("till");
  }
}
