package io.payonce.outcome;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides where notifications may go: to hosts that {@code notify.allowHosts} names, over https,
 * and of them only to addresses of the internet or to those that it names too. A name is one thing,
 * where it leads another, and whoever owns it may change that at any time: so both are asked.
 */
public final class NotifyUrlGuard {
  private static final Logger LOG = LoggerFactory.getLogger(NotifyUrlGuard.class);

  private final List<HostPattern> allowed;

  /** @param allowHosts as configured; what is no host among them allows nothing */
  public NotifyUrlGuard(List<String> allowHosts) {
    allowed = allowHosts.stream().flatMap(text -> read(text).stream()).toList();
  }

  private static Optional<HostPattern> read(String text) {
    Optional<HostPattern> pattern = HostPattern.read(text);
    if (pattern.isEmpty()) {
      LOG.warn("notify.allowHosts: {} is no host: nothing goes there", text);
    }
    return pattern;
  }

  /** Whether a caller's notifyUrl may be served, as far as it says itself. */
  public boolean allows(String url) {
    return target(url).isPresent();
  }

  /** Where it leads; empty when nothing may go there. */
  public Optional<HookUrl> target(String url) {
    return HookUrl.read(url).filter(this::allows);
  }

  private boolean allows(HookUrl url) {
    return allowed.stream().anyMatch(pattern -> pattern.covers(url))
        && (url.address() == null || leadsOut(url.address(), url.port()))
        // In the clear on this machine: for trials. Whoever names it has meant it.
        && (url.tls() || url.isLoopback());
  }

  /**
   * Whether connections may go to all of these. A name that leads inside as well is not trusted.
   */
  public boolean leadOut(Collection<InetAddress> addresses, int port) {
    return !addresses.isEmpty() && addresses.stream().allMatch(address -> leadsOut(address, port));
  }

  private boolean leadsOut(InetAddress address, int port) {
    return AddressRanges.isPublic(address)
        || allowed.stream().anyMatch(pattern -> pattern.means(address, port));
  }
}
