package io.payonce.redis.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.redis.failure.RedisFailure.Reason;
import io.vertx.redis.client.impl.types.ErrorType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAnswersTest {

  /** As Redis 6.2 and 7.0 write them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LOADING Redis is loading the dataset in memory | LOADING",
        "READONLY You can't write against a read only replica. | READONLY",
        "CLUSTERDOWN Hash slot not served | CLUSTERDOWN",
        "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'. | MASTERDOWN",
        "OOM command not allowed when used memory > 'maxmemory'. | OOM",
        "NOAUTH Authentication required. | NOAUTH",
        "NOSCRIPT No matching script. Please use EVAL. | NOSCRIPT",
        "BUSY Redis is busy running a script. | BUSY",
        "MISCONF Redis is configured to save RDB snapshots | MISCONF",
        "TRYAGAIN Multiple keys request during rehashing of slot | TRYAGAIN",
        "ERR Error running script (call to f_ab): @user_script:1: @user_script: 1: -READONLY You can't write against a read only replica. | READONLY",
        "READONLY You can't write against a read only replica. script: ab, on @user_script:1. | READONLY",
        "OOM command not allowed when used memory > 'maxmemory'. script: ab, on @user_script:2. | OOM",
        "ERR Error running script (call to f_ab): @user_script:2: @user_script: 2: -OOM command not allowed when used | OOM",
        "MISCONF Redis is configured to save RDB snapshots script: ab, on @user_script:2. | MISCONF",
        "NOREPLICAS Not enough good replicas to write. script: ab, on @user_script:2. | NOREPLICAS",
        "ERR Error running script (call to f_ab): @user_script:1: @user_script: 1: -NOREPLICAS Not enough good replicas to write. | NOREPLICAS",
        "NOPERM this user has no permissions to run the 'evalsha' command | NOPERM"
      })
  void these_prove_that_nothing_ran(String error, String word) {
    RedisFailure failure = read(error);
    assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
    assertThat(failure.mayHaveRun()).isFalse();
    assertThat(failure.word()).isEqualTo(word);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ERR value is not an integer or out of range | ERR",
        "WRONGTYPE Operation against a key holding the wrong kind of value | WRONGTYPE",
        "WRONGTYPE Operation against a key script: ab, on @user_script:3. | WRONGTYPE",
        "NOPERM this user has no permissions script: ab, on @user_script:2. | NOPERM",
        "ERR The user executing the script can't run this command or subcommand script: ab, on @user_script:3. | NOPERM",
        "ERR Error running script (call to f_ab): @user_script:3: @user_script: 3: The user executing the script can't run this command or subcommand | NOPERM",
        "ERR ACL failure in script: User few has no permissions to run the 'zadd' command script: ab, on @user_script:3. | NOPERM",
        "ERR The user executing the script can't access at least one of the keys mentioned in the command arguments script: ab, on @user_script:1. | NOPERM",
        "LOADING said by a script that quotes it script: ab, on @user_script:2. | LOADING",
        "UNBLOCKED force unblock from blocking operation, instance state changed | UNBLOCKED",
        "ERR max number of clients reached | MAXCLIENTS",
        "ERR max number of clients + cluster connections reached | MAXCLIENTS",
        "DENIED Redis is running in protected mode because | DENIED",
        "SOMETHING that no Redis says today | SOMETHING",
        "lower case without a word | ERR",
        "'' | ERR"
      })
  void everything_else_may_have_run(String error, String word) {
    RedisFailure failure = read(error);
    assertThat(failure.reason()).isEqualTo(Reason.ERROR);
    assertThat(failure.mayHaveRun()).isTrue();
    assertThat(failure.word()).isEqualTo(word);
  }

  @Test
  void an_ended_connection_is_no_answer() {
    assertThat(read("CONNECTION_CLOSED").reason()).isEqualTo(Reason.LOST);
    assertThat(RedisAnswers.failure(new java.net.SocketException("reset"), "x").reason())
        .isEqualTo(Reason.LOST);
  }

  @Test
  void redirects_say_where_to() {
    assertThat(read("MOVED 3999 127.0.0.1:6381").redirect())
        .isEqualTo(new RedisFailure.Redirect(false, "127.0.0.1", 6381));
    assertThat(read("ASK 3999 fe80::1:6381").redirect())
        .isEqualTo(new RedisFailure.Redirect(true, "fe80::1", 6381));
    assertThat(read("MOVED 3999 :6381").redirect().host()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"MOVED", "MOVED 3999", "MOVED 3999 there", "ASK 3999 there:x", "ASK x there:1"})
  void what_says_no_address_is_a_refusal_that_leads_nowhere(String answer) {
    assertThat(read(answer).redirect()).isNull();
    assertThat(read(answer).mayHaveRun()).isFalse();
  }

  /** What scripts are handed when they catch an error, by Redis 7.0, 6.2 and 7.2. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OOM command not allowed when used memory > 'maxmemory'. | OOM",
        "@user_script: 12: -NOREPLICAS Not enough good replicas to write. | NOREPLICAS",
        "@user_script: 1: The user executing the script can't run this command or subcommand | NOPERM",
        "ERR ACL failure in script: User few has no permissions to run the 'zadd' command | NOPERM",
        "ERR unknown command | ERR",
        "STRANGE and new | ERR"
      })
  void what_a_script_catches_has_a_word(String caught, String word) {
    assertThat(RedisAnswers.word(caught)).isEqualTo(word);
  }

  @Test
  void every_word_that_is_distinguished_has_a_meaning() {
    assertThat(ErrorMeaning.words())
        .containsAll(RedisAnswers.WORDS)
        .containsAll(java.util.Arrays.stream(Reason.values()).map(Reason::name).toList());
  }

  private static RedisFailure read(String error) {
    return RedisAnswers.failure(ErrorType.create(error), "begin");
  }
}
