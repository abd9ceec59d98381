package io.payonce;

import io.payonce.redis.failure.ErrorMeaning;
import io.payonce.redis.failure.RedisFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whoever is woken by a word of Redis finds it in the documents, each of them. */
class RedisWordsTest {
  @Test
  void the_documents_have_them() throws IOException {
    String table = RedisFailure.labels().stream()
        .map(word -> "| `" + word + "` | " + ErrorMeaning.of(word) + " |\n")
        .collect(Collectors.joining("", "| word | Redis: |\n|---|---|\n", ""));
    new ReadmeSection(Path.of("src/site/markdown/operations.md"), "redis-words").says(table);
  }
}
