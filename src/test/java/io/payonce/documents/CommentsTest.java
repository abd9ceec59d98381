package io.payonce.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Comments of types say what a caller gets, in the words of the glossary. */
class CommentsTest {
  /** A comment, and the type that it stands before. */
  private static final Pattern OF_A_TYPE =
      Pattern.compile("/\\*\\*([^*]*+(?:\\*(?!/)[^*]*+)*+)\\*/\\s*"
          + "(?:@\\w+(?:\\([^)]*\\))?\\s*)*(?:(?:public|private|protected|static|final|abstract"
          + "|sealed|non-sealed)\\s+)*(?:class|record|enum|interface)\\s+(\\w+)");

  /** Begins a riddle: the reader has to find out what kind of thing the type is. */
  private static final Pattern QUESTION =
      Pattern.compile("^[\\s*]*(What|Where|Who|Which|How|Whether|That|Why|When)\\b");

  private static final Pattern VAGUE =
      Pattern.compile("(?i)\\b(somebody|a person|people|asker)\\b");

  private static List<Path> program() {
    return Sources.ending(".java").stream()
        .filter(path -> path.startsWith("src/main"))
        .toList();
  }

  @Test
  void comments_of_types_begin_with_no_question() {
    List<String> riddles = new ArrayList<>();
    int read = 0;
    for (Path path : program()) {
      for (MatchResult type : OF_A_TYPE.matcher(Sources.text(path)).results().toList()) {
        read++;
        if (QUESTION.matcher(type.group(1)).find()) {
          riddles.add(path + ": " + type.group(2));
        }
      }
    }
    assertThat(read).isGreaterThan(700);
    assertThat(riddles).isEmpty();
  }

  @Test
  void comments_say_who() {
    assertThat(program())
        .allSatisfy(path -> assertThat(Sources.text(path)
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("*") || line.startsWith("/"))
                .filter(line -> VAGUE.matcher(line).find()))
            .as(path.toString())
            .isEmpty());
  }
}
