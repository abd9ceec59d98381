package io.payonce.redis.failure;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/**
 * Says why there is no connection, for operators: one word of a closed set, and a sentence that
 * holds neither a login nor what a library calls it.
 */
public record ConnectionFailure(String word, String text) {

  public static ConnectionFailure of(String word) {
    return new ConnectionFailure(word, ErrorMeaning.of(word));
  }

  public static ConnectionFailure of(Throwable cause) {
    if (cause instanceof RedisFailure known) {
      return known.ailment() != null ? known.ailment() : of(known.label());
    }
    for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
      if (inner instanceof CertificateException || inner instanceof CertPathValidatorException) {
        return new ConnectionFailure("CERTIFICATE", certificate(cause));
      }
    }
    if (cause instanceof UnknownHostException) {
      return of("UNKNOWN_HOST");
    }
    if (cause instanceof TimeoutException || isTimeout(cause)) {
      return new ConnectionFailure("TIMEOUT", "no answer: a firewall is in between, or it hangs");
    }
    if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
      return of("UNREACHABLE");
    }
    if (isTls(cause)) {
      return of("TLS");
    }
    return cause instanceof SocketException
        ? of("LOST")
        : of(RedisAnswers.failure(cause, "the login").label());
  }

  /** Of several that lead to the same, none of which does. */
  public static ConnectionFailure ofAll(Map<RedisAddress, ConnectionFailure> each) {
    if (each.isEmpty()) {
      return of("TIMEOUT");
    }
    String words =
        each.values().stream().map(ConnectionFailure::word).distinct().count() == 1
            ? each.values().iterator().next().word()
            : "UNREACHABLE";
    return new ConnectionFailure(
        words,
        each.entrySet().stream()
            .map(one -> one.getKey().address() + ": " + one.getValue().text())
            .collect(Collectors.joining("; ", "none can be asked: ", "")));
  }

  /** Of a dial that ended before anything was said: what that may mean is worth a hint. */
  public ConnectionFailure atLogin() {
    return word.equals("LOST")
        ? new ConnectionFailure("LOST", "it hung up at the login: does it want TLS (rediss://)?")
        : this;
  }

  /** Netty has a timeout of its own, which is a refused connection by its class. */
  private static boolean isTimeout(Throwable cause) {
    return cause.getClass().getSimpleName().contains("Timeout");
  }

  private static boolean isTls(Throwable cause) {
    for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
      // What is no TLS at all is a failure of netty's decoder.
      if (inner instanceof SSLException) {
        return true;
      }
    }
    return false;
  }

  private static String certificate(Throwable cause) {
    String said = "";
    for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
      if (inner instanceof CertificateExpiredException) {
        return "its certificate has expired";
      }
      said = said + ' ' + inner.getMessage();
    }
    if (said.contains("No name matching") || said.contains("subject alternative")) {
      return "its certificate is for another name than that in redis.uris";
    }
    return said.contains("NotAfter")
        ? "its certificate has expired"
        : "its certificate is signed by no trusted authority (redis.caFile)";
  }

  @Override
  public String toString() {
    return word + ": " + text;
  }
}
