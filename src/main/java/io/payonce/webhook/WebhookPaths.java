package io.payonce.webhook;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says where notifications may come to: {@code /webhook} and below it one segment for each payment;
 * the same below the path of {@code webhook.publicUrl}, where nothing in between takes that away.
 */
public final class WebhookPaths {
  private static final String OWN = "/webhook";
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_~.-]{1,512}");

  private final Set<String> roots;

  private WebhookPaths(Set<String> roots) {
    this.roots = roots;
  }

  /** @param publicUrl as the platform reaches this port, if that is known */
  public static WebhookPaths of(Optional<String> publicUrl) {
    return new WebhookPaths(
        Stream.concat(Stream.of(OWN), publicUrl.map(WebhookPaths::path).stream())
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static String path(String url) {
    String path = URI.create(url).getRawPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** What names the payment in this path, the empty text if nothing does; empty for other paths. */
  public Optional<String> token(String path) {
    if (path == null || !path.startsWith("/")) {
      return Optional.empty();
    }
    if (roots.contains(path)) {
      return Optional.of("");
    }
    int slash = path.lastIndexOf('/');
    String last = path.substring(slash + 1);
    return roots.contains(path.substring(0, slash)) && SEGMENT.matcher(last).matches()
        ? Optional.of(last)
        : Optional.empty();
  }
}
